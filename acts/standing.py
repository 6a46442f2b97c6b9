"""What a reader is to an item: named, covering somebody, kept out; and the ruling."""

from __future__ import annotations

from sqlalchemy import Connection

from acts.desk import Desk
from models.agencies import Officer, Reader
from models.clock import legal_day
from models.ids import OfficerId
from models.rulings import Ruling, SharingAction
from models.values import Value
from storage import cases, designations, directory, exclusions
from storage.case_view import CaseView
from storage.designations import Naming
from storage.items import KnownItem
from storage.sharing import Attempt, facts_of


class ReadRuling(Value):
    """What policy answered to a read, and for which absent colleague, if for one."""

    ruling: Ruling
    on_behalf_of: OfficerId | None = None


def rule_on_read(
    desk: Desk, connection: Connection, reader: Reader, known: KnownItem
) -> ReadRuling:
    """Rule on a read: in one's own right, or else in the place of an absent colleague.

    A cover lends designations and no function, and never more than the absent officer
    has: both the covering and the absent officer must be allowed to read.
    """
    attempt = _attempt(desk, connection, reader, known)
    names = _names(connection, attempt, known)
    named = attempt.officer.id in names
    own = _decide(desk, attempt.model_copy(update={"designated": named}), known)
    if own.allowed or named:
        return ReadRuling(ruling=own)
    refused = own
    lent = attempt.model_copy(update={"designated": True})
    for name in names:
        absent: Officer = directory.officer(connection, name)
        ruling = _decide(desk, lent, known)
        theirs = _decide(desk, lent.model_copy(update={"officer": absent}), known)
        if ruling.allowed and theirs.allowed:
            return ReadRuling(ruling=ruling, on_behalf_of=absent.id)
        refused = theirs if ruling.allowed else ruling
    return ReadRuling(ruling=refused)


def too_old(desk: Desk, connection: Connection, known: KnownItem) -> bool:
    """Test the age filter where the reader knows the case; its giver tested it too."""
    case = cases.find(connection, known.case)
    if case is None:
        return False
    pack = desk.packs.get(case.route, case.pack_version)
    return CaseView(connection, case, pack).too_old(known)


def _attempt(
    desk: Desk, connection: Connection, reader: Reader, known: KnownItem
) -> Attempt:
    officer, day = reader.officer, legal_day(desk.clock.now())
    return Attempt(
        action=SharingAction.READ,
        officer=officer,
        agency_kind=reader.agency_kind,
        purpose=reader.purpose,
        day=day,
        to=officer.agency,
        to_kind=reader.agency_kind,
        designated=False,
        excluded=exclusions.is_excluded(connection, known.case, officer.id, day),
        lawful_route=True,
        too_old=too_old(desk, connection, known),
    )


def _names(
    connection: Connection, attempt: Attempt, known: KnownItem
) -> list[OfficerId]:
    naming = Naming(
        case=known.case,
        agency=attempt.officer.agency,
        officer=attempt.officer.id,
        from_day=attempt.day,
        handoff=known.handoff,
    )
    return designations.named(connection, naming)


def _decide(desk: Desk, attempt: Attempt, known: KnownItem) -> Ruling:
    return desk.sharing.decide(facts_of(attempt, known))
