"""What an officer may know without opening any item: lists, a case, an inbox, gaps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from acts.desk import Desk
from acts.finding import find_handoff
from models.act_kinds import ActKind
from models.agencies import Officer
from models.clock import legal_day
from models.decisions import Appeal, AppealWait, Decision, DecisionState, Hearing
from models.ids import CaseId, HandoffId
from models.values import Value
from policies.readiness import Gap, gaps
from storage import (
    appeals,
    cases,
    deadlines,
    decisions,
    designations,
    handoffs,
    items,
)
from storage.case_view import CaseView
from storage.cases import CaseRecord, no_such_case
from storage.deadlines import DeadlineRecord
from storage.designations import Designated
from storage.handoffs import HandoffRecord
from storage.items import KnownItem
from storage.sessions import acting


class CaseLine(Value):
    """One row of a list: the case, what is due first, and what its appeals wait for."""

    case: CaseRecord
    next_clock: str | None = None
    next_due: date | None = None
    waits_for: AppealWait | None = None


class StoryLine(Value):
    """One line of a case's story; officers appear as function and service number."""

    at: datetime
    kind: str
    agency: str
    function: str
    service_number: str
    on_behalf_of: str
    handoff: UUID | None
    article: str
    detail: str
    receipt: str


class NoticeLine(Value):
    """A reminder or escalation: what is due, never what it is about."""

    at: datetime
    kind: str
    clock: str
    detail: str
    case: UUID
    handoff: UUID | None
    due_on: date | None


class CaseOverview(Value):
    """A case as far as its reader may know of it."""

    case: CaseRecord
    deadlines: tuple[DeadlineRecord, ...]
    handoffs: tuple[HandoffRecord, ...]
    items: tuple[KnownItem, ...]
    hearings: tuple[Hearing, ...]
    decisions: tuple[Decision, ...]
    appeals: tuple[Appeal, ...]
    waits_for: AppealWait | None = None
    designated: tuple[Designated, ...]
    story: tuple[StoryLine, ...]


class Inbox(Value):
    """What an agency was asked, first due on top, and notices for this officer."""

    handoffs: tuple[HandoffRecord, ...]
    notices: tuple[NoticeLine, ...]


def list_cases(desk: Desk, officer: Officer) -> list[CaseLine]:
    """Return the cases an officer is designated for, by what is due first."""
    with acting(desk.database, desk.acting(officer)) as connection:
        lines = []
        with_appeals_open = appeals.open_cases(connection)
        for case in cases.visible(connection):
            line = _case_line(connection, case)
            if case.id in with_appeals_open:
                waits_for = _awaited(desk, connection, case)
                line = line.model_copy(update={"waits_for": waits_for})
            lines.append(line)
    return sorted(lines, key=lambda line: (line.next_due or date.max, line.case.id))


def show_case(desk: Desk, officer: Officer, case: CaseId) -> CaseOverview:
    """Return a case with its clocks, handoffs, item headers and story.

    Raises:
        NotFound: absent or hidden.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        found = cases.find(connection, case)
        if found is None:
            raise no_such_case(case)
        view = CaseView(
            connection, found, desk.packs.get(found.route, found.pack_version)
        )
        return CaseOverview(
            case=found,
            deadlines=tuple(deadlines.of_case(connection, case)),
            handoffs=tuple(view.handoffs),
            items=tuple(view.items.values()),
            hearings=tuple(view.hearings),
            decisions=tuple(decisions.decisions(connection, case)),
            appeals=tuple(decisions.appeals(connection, case)),
            waits_for=_awaited(desk, connection, found),
            designated=tuple(_designated(desk, connection, officer, found)),
            story=tuple(_line(row) for row in cases.timeline(connection, case)),
        )


def inbox(desk: Desk, officer: Officer, *, closed: bool = False) -> Inbox:
    """Return what waits for an officer's agency, and notices for the officer."""
    functions = sorted(officer.functions)
    with acting(desk.database, desk.acting(officer)) as connection:
        found = handoffs.inbox(connection, officer.agency, closed=closed)
        notices = deadlines.notices(connection, list(functions))
    return Inbox(handoffs=tuple(found), notices=tuple(_notice(row) for row in notices))


def items_of_handoff(
    desk: Desk, officer: Officer, handoff: HandoffId
) -> list[KnownItem]:
    """Return the item headers of a handoff that an officer works on."""
    found = find_handoff(desk, officer, handoff)
    with acting(desk.database, desk.acting(officer)) as connection:
        known = items.known_to(connection, officer.agency, found.case)
    return [item for item in known if item.handoff == handoff]


def decision_gaps(
    desk: Desk, officer: Officer, case: CaseId, outcome: str
) -> list[Gap]:
    """Return what is still missing before a decision with this outcome.

    Raises:
        NotFound: the case is absent or hidden, or the route has no such outcome.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        found = cases.find(connection, case)
        if found is None:
            raise no_such_case(case)
        pack = desk.packs.get(found.route, found.pack_version)
        facts = CaseView(connection, found, pack).decision_facts(None)
        known = decisions.decisions(connection, case)
    states = {d.state for d in known if d.outcome == outcome}
    if DecisionState.ADOPTED in states:
        return gaps(pack, ActKind.DECISION_NOTIFY, outcome, facts)
    if DecisionState.PROPOSED in states:
        ready = facts.model_copy(update={"proposed": True})
        return gaps(pack, ActKind.DECISION_ADOPT, outcome, ready)
    return gaps(pack, ActKind.DECISION_PROPOSE, outcome, facts)


def _case_line(connection: Connection, case: CaseRecord) -> CaseLine:
    running = [
        d
        for d in deadlines.of_case(connection, case.id, running=True)
        if d.agency == case.agency
    ]
    first = running[0] if running else None
    return CaseLine(
        case=case,
        next_clock=first.clock if first else None,
        next_due=first.due_on if first else None,
    )


def _awaited(desk: Desk, connection: Connection, case: CaseRecord) -> AppealWait | None:
    pack = desk.packs.get(case.route, case.pack_version)
    return appeals.awaited(connection, case.id, pack, desk.clock.now())


def _designated(
    desk: Desk, connection: Connection, officer: Officer, case: CaseRecord
) -> list[Designated]:
    day = legal_day(desk.clock.now())
    return designations.of_case(connection, case.id, officer.agency, day)


def _line(row: Any) -> StoryLine:
    return StoryLine(
        at=row.at,
        kind=row.kind,
        agency=row.agency_id,
        function=row.function,
        service_number=row.service_number,
        on_behalf_of=row.on_behalf_of,
        handoff=row.handoff_id,
        article=row.article,
        detail=row.detail,
        receipt=row.receipt,
    )


def _notice(row: Any) -> NoticeLine:
    return NoticeLine(
        at=row.at,
        kind=row.kind,
        clock=row.clock,
        detail=row.detail,
        case=row.case_id,
        handoff=row.handoff_id,
        due_on=row.due_on,
    )
