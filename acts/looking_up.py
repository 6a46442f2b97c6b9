"""What an act looks up before its message can be built; content by the one door."""

from __future__ import annotations

from uuid import UUID

import orjson
from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.reading import no_such_item, read_item
from models.agencies import Officer, Reader
from models.errors import InvalidInput, NotFound, NotPermitted
from models.handoffs import HandoffRecord, requesters
from models.ids import CaseId, HandoffId, ItemId
from models.items import ItemKind, ItemState, KnownItem
from models.law.sources import SourceKind
from models.packs import Pack
from models.subjects import SubjectCard
from policies.sources import CaseFacts
from storage import cases, handoffs, items
from storage.case_view import CaseView
from storage.cases import no_such_case
from storage.prefixes import starting_with
from storage.sessions import acting


def find_handoff(desk: Desk, officer: Officer, handoff: HandoffId) -> HandoffRecord:
    """Return a handoff that an officer's agency knows of.

    Raises:
        NotFound: absent or hidden.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        return handoff_in(connection, handoff)


def handoff_in(connection: Connection, handoff: HandoffId) -> HandoffRecord:
    """Do the same as `find_handoff`, in a transaction that is open already."""
    found = handoffs.find(connection, handoff)
    if found is None:
        raise NotFound(
            f"there is no handoff `{str(handoff)[:8]}` for you",
            help="see your inbox with `estafette handoff inbox`",
        )
    return found


def starting(desk: Desk, officer: Officer, what: str, start: str) -> list[UUID]:
    """Return a few ids that start so of what is meant, such as a `case` or a `finding`.

    Raises:
        InvalidInput: an id cannot start so.
        NotFound: none does that the officer may know of.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        return starting_in(connection, what, start)


def starting_in(connection: Connection, what: str, start: str) -> list[UUID]:
    """Do the same as `starting`, in a transaction that is open already."""
    digits = start.replace("-", "")
    if len(digits) not in range(4, 33):
        raise InvalidInput("this is no start of an id", help="give 4 digits or more")
    found = starting_with(connection, what, digits)
    if not found:
        raise NotFound(f"there is no {what} `{start[:8]}` for you")
    return found


def find_item(desk: Desk, officer: Officer, item: ItemId) -> KnownItem:
    """Return an item that an officer's agency holds and the officer works on.

    Raises:
        NotFound: absent or hidden.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        found = items.known(connection, item, officer.agency)
    if found is None:
        raise no_such_item(item)
    return found


def pack_of(desk: Desk, officer: Officer, case: CaseId) -> Pack:
    """Return the pack of a case that an officer knows of, or was asked about.

    Raises:
        NotFound: absent or hidden.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        return pack_in(desk, connection, case)


def pack_in(desk: Desk, connection: Connection, case: CaseId) -> Pack:
    """Do the same as `pack_of`, in a transaction that is open already."""
    found = cases.route_of(connection, case)
    if found is None:
        raise no_such_case(case)
    return desk.packs.get(*found)


def case_facts(
    connection: Connection, officer: Officer, case: CaseId, pack: Pack
) -> CaseFacts:
    """Return what decides whom a case lets an officer's agency ask.

    Whoever was asked for it, and does not lead it, is not to know the rest: by whom.
    """
    found = cases.find(connection, case)
    if found is None:
        known = handoffs.of_case(connection, case)
        return CaseFacts(requesters=requesters(known, officer.agency))
    view = CaseView(connection, found, pack)
    return CaseFacts(
        results=view.results(),
        established=view.established(),
        requesters=requesters(view.handoffs, officer.agency),
    )


def subject_card(
    desk: Desk, reader: Reader, case: CaseId, parent: HandoffId | None
) -> SubjectCard | dict[str, object]:
    """Open the identifiers to send: from the subject card or the parent question."""
    if parent is not None:
        question = find_handoff(desk, reader.officer, parent).question
        body = orjson.loads(read_item(desk, reader, question).body)
        about: dict[str, object] = body["about"]
        return about
    card = _item_of_kind(desk, reader.officer, case, ItemKind.SUBJECT_CARD)
    return SubjectCard.model_validate_json(read_item(desk, reader, card).body)


def register_hits(desk: Desk, reader: Reader, case: CaseId) -> tuple[bool, ...]:
    """Open what the register answered in a case: for each answer, whether it is a hit.

    By logged reads. An answer that was taken back says nothing any more, and one that
    corrects another says it in words alone.

    Raises:
        NotPermitted: the reader may not know what it answered.
    """
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        asked = handoffs.of_case(connection, case)
        known = items.known_to(connection, reader.officer.agency, case)
    register = {h.id for h in asked if h.kind == SourceKind.REGISTER}
    answers = [
        each.item
        for each in known
        if each.kind is ItemKind.ANSWER
        and each.handoff in register
        and each.state is ItemState.LIVE
        and each.corrects is None
    ]
    bodies = [orjson.loads(read_item(desk, reader, item).body) for item in answers]
    return tuple(bool(body["hit"]) for body in bodies)


def check_not_for_request(desk: Desk, officer: Officer, case: CaseId) -> None:
    """Refuse a question without parent to an agency that was asked for advice.

    Raises:
        NotPermitted: the question serves that request, and must name it.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        known = handoffs.of_case(connection, case)
    asked = [h for h in known if h.kind == SourceKind.ADVICE]
    mine = [h for h in asked if h.asked == officer.agency]
    if mine:
        raise NotPermitted(
            "your agency asks others only for a request that it was asked for",
            help=f"name the request with `--parent {str(mine[-1].id)[:8]}`",
        )


def _item_of_kind(desk: Desk, officer: Officer, case: CaseId, kind: ItemKind) -> ItemId:
    with acting(desk.database, desk.acting(officer)) as connection:
        known = items.known_to(connection, officer.agency, case)
    for item in known:
        if item.kind is kind and item.state is ItemState.LIVE:
            return item.item
    raise no_such_case(case)
