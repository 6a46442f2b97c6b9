"""What a reader is to an item: named, covering somebody, kept out; and the ruling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from acts.desk import Desk
from models.agencies import Officer, OfficerFunction, Reader
from models.cases import CaseRecord
from models.handoffs import HandoffState
from models.ids import HandoffId, OfficerId
from models.items import KnownItem
from models.notices import Notice, NoticeKind
from models.rulings import Ruling, SharingAction
from models.values import Value
from policies.sharing_facts import Attempt, facts_of
from storage import handoffs, notices
from storage.case_view import CaseView
from storage.people import directory, glass
from storage.people.standing import Standing


class ReadRuling(Value):
    """What policy answered to a read, and for which absent colleague, if for one."""

    ruling: Ruling
    on_behalf_of: OfficerId | None = None
    in_emergency: bool = False


def rule_on_read(
    desk: Desk,
    connection: Connection,
    reader: Reader,
    known: KnownItem,
    held: Standing,
) -> ReadRuling:
    """Rule on a read: in one's own right, for an absent colleague, or in an emergency.

    `held` is what the reader is to the case of the item today.

    A cover lends designations and no function, and never more than the absent officer
    has: both the covering and the absent officer must be allowed to read.
    """
    officer, day = reader.officer, desk.today
    names = held.names(known.handoff)
    attempt = Attempt(
        action=SharingAction.READ,
        officer=officer,
        agency_kind=reader.agency_kind,
        purpose=reader.purpose,
        day=day,
        to=officer.agency,
        to_kind=reader.agency_kind,
        designated=officer.id in names,
        excluded=held.excluded,
        lawful_route=True,
        too_old=too_old(desk, connection, known, held.case),
    )
    own = _decide(desk, attempt, known)
    if own.allowed or attempt.designated:
        return ReadRuling(ruling=own)
    absent = [directory.officer(connection, name) for name in names]
    lent = _lent(desk, attempt, known, absent)
    if lent is None or not lent.ruling.allowed:
        broken = _in_emergency(desk, connection, attempt, known)
        return broken or lent or ReadRuling(ruling=own)
    return lent


def questions_under_guard(
    desk: Desk, connection: Connection, reader: Reader, known: Iterable[KnownItem]
) -> set[HandoffId]:
    """Return the guarded questions for which the reader's agency has some of the items.

    Those whose answer left are none of them: then the asker knows.
    """
    found = set()
    for question in {each.handoff for each in known} - {None}:
        handoff = question and handoffs.find(connection, question)
        if not handoff or handoff.asked != reader.officer.agency:
            continue
        pack = desk.packs.get(handoff.route, handoff.pack_version)
        guarded = pack.source(handoff.source).guard is not None
        if guarded and handoff.state is not HandoffState.ANSWERED:
            found.add(handoff.id)
    return found


def tell_originator(
    connection: Connection,
    reader: Reader,
    known: KnownItem,
    at: datetime,
    *,
    guarded: bool,
) -> None:
    """Tell an item's originator and one's own supervisor of an emergency read.

    On a guarded question the supervisor alone: that somebody looks is unseen (LVP 45).
    """
    officer = reader.officer
    function = min(officer.functions)
    told = {officer.agency} if guarded else {known.originator, officer.agency}
    for agency in sorted(told):
        notices.leave(
            connection,
            Notice(
                case=known.case,
                handoff=None if known.handoff is None else HandoffId(known.handoff),
                agency=agency,
                function=OfficerFunction.SUPERVISOR,
                kind=NoticeKind.BREAK_GLASS_READ,
                detail=f"{officer.agency} {function} {officer.service_number}",
                at=at,
            ),
        )


def too_old(
    desk: Desk, connection: Connection, known: KnownItem, case: CaseRecord | None
) -> bool:
    """Test the age filter where the reader knows the case; its giver tested it too."""
    if case is None:
        return False
    pack = desk.packs.get(case.route, case.pack_version)
    return CaseView(connection, case, pack).too_old(known)


def _lent(
    desk: Desk, attempt: Attempt, known: KnownItem, absent: list[Officer]
) -> ReadRuling | None:
    refused = None
    lent = attempt.model_copy(update={"designated": True})
    for colleague in absent:
        ruling = _decide(desk, lent, known)
        theirs = _decide(desk, lent.model_copy(update={"officer": colleague}), known)
        if ruling.allowed and theirs.allowed:
            return ReadRuling(ruling=ruling, on_behalf_of=colleague.id)
        refused = theirs if ruling.allowed else ruling
    return None if refused is None else ReadRuling(ruling=refused)


def _in_emergency(
    desk: Desk, connection: Connection, attempt: Attempt, known: KnownItem
) -> ReadRuling | None:
    officer = attempt.officer
    is_open = glass.is_open(
        connection,
        known.case,
        officer=officer.id,
        agency=officer.agency,
        at=desk.clock.now(),
    )
    if not is_open:
        return None
    broken = attempt.model_copy(update={"break_glass": True})
    ruling = _decide(desk, broken, known)
    return ReadRuling(ruling=ruling, in_emergency=ruling.allowed)


def _decide(desk: Desk, attempt: Attempt, known: KnownItem) -> Ruling:
    return desk.sharing.decide(facts_of(attempt, known))
