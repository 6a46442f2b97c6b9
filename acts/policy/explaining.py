"""Explaining a ruling about a real item, without reading it, inside the walls."""

from __future__ import annotations

from datetime import date, datetime

from acts.desk import Desk
from acts.items.reading import no_such_item
from acts.items.standing import too_old
from acts.looking_up import pack_in
from models.agencies import Officer
from models.ids import AgencyId, ItemId
from models.items import ItemState, KnownItem
from models.law.sources import Source
from models.rulings import Ruling, SharingAction
from models.values import Value
from policies.people import sets_to_work
from policies.sharing_facts import Attempt, facts_of
from policies.sources import exchanges
from storage import cases, items
from storage.people import directory, glass, standing
from storage.sessions import Acting, acting


class ItemQuestion(Value):
    """May `who` read this item on that day, or disclose it to `audience`?"""

    who: Officer
    item: ItemId
    action: SharingAction
    audience: AgencyId
    purpose: str
    day: date


class Explained(Value):
    """A ruling that would be given, and the sources that make an exchange lawful."""

    ruling: Ruling
    sources: tuple[Source, ...] = ()


def explain_item(desk: Desk, asker: Officer, question: ItemQuestion) -> Explained:
    """Return the ruling that `question` would get; nothing is read, nothing logged.

    1. The item must be known to the asker, today.
    2. The officer asked about must be of the asker's agency: what others may see is
       theirs to know.
    3. Whether that officer is designated or excluded is read under that officer's own
       settings, on the day in question; what has ended by now does not count any more.
       To those who may not know who is excluded, a colleague who is counts as not
       designated; nor are they told of a colleague's emergency.

    An exchange counts as lawful if the pack has any between the two kinds of agency;
    the conditions of one particular question are not tested.

    Raises:
        NotFound: absent, hidden or erased for the asker, no such agency, or an
            officer of another one.
    """
    who = question.who
    with acting(desk.database, desk.acting(asker)) as connection:  # 1
        known = items.known(connection, question.item, asker.agency)
        if known is None or known.state is ItemState.ERASED:
            raise no_such_item(question.item)
        if who.agency != asker.agency:  # 2
            raise directory.no_such_colleague(asker.agency, who.id)
        mine = directory.agency(connection, who.agency)
        to = directory.agency(connection, question.audience)
        pack = pack_in(desk, connection, known.case)
        case = cases.find(connection, known.case)
        old = too_old(desk, connection, known, case)
    found = _standing(desk, question, known)
    reads = question.action is SharingAction.READ
    sources = () if reads else exchanges(pack, mine.kind, to.kind)
    attempt = Attempt(
        action=question.action,
        officer=who,
        agency_kind=mine.kind,
        purpose=question.purpose,
        day=question.day,
        to=to.id,
        to_kind=to.kind,
        designated=found.designated,
        excluded=found.excluded and sets_to_work(asker),
        break_glass=found.break_glass and (who.id == asker.id or sets_to_work(asker)),
        lawful_route=reads or bool(sources),
        too_old=old,
    )
    ruling = desk.sharing.decide(facts_of(attempt, known))
    return Explained(ruling=ruling, sources=sources)


class _Standing(Value):
    designated: bool
    excluded: bool
    break_glass: bool


def _standing(desk: Desk, question: ItemQuestion, known: KnownItem) -> _Standing:
    who, day = question.who, question.day
    now = desk.clock.now()
    at = datetime.combine(day, now.timetz(), now.tzinfo)
    with acting(desk.database, Acting(officer=who)) as connection:  # 3
        held = standing.find(connection, who, known.case, day)
        return _Standing(
            designated=bool(held.names(known.handoff)),
            excluded=held.excluded,
            break_glass=glass.is_open(
                connection, known.case, officer=who.id, agency=who.agency, at=at
            ),
        )
