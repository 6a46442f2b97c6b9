"""Running terms, and the alarms that rang."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from models.deadlines import DeadlineRecord, DeadlineState
from models.ids import AgencyId, CaseId, DeadlineId, HandoffId, ItemId
from models.process import Outcome, Ring
from storage import tables as t
from storage.among import among

_START = insert(t.deadline)
_FINISH = update(t.deadline).where(among(t.deadline.c.id, "deadlines"))
OF_CASE = (
    select(t.deadline)
    .where(t.deadline.c.case_id == bindparam("case"))
    .order_by(t.deadline.c.due_on, t.deadline.c.id)
)
_OF_AGENCY = (
    select(t.deadline)
    .where(
        t.deadline.c.agency_id == bindparam("agency"),
        t.deadline.c.state == DeadlineState.RUNNING,
    )
    .order_by(t.deadline.c.due_on, t.deadline.c.id)
    .limit(bindparam("most"))
)
_RUNNING = OF_CASE.where(t.deadline.c.state == DeadlineState.RUNNING)


def start(connection: Connection, deadline: DeadlineRecord) -> None:
    """Insert a running term."""
    values = deadline.model_dump(mode="python")
    values["case_id"] = values.pop("case")
    values["handoff_id"] = values.pop("handoff")
    values["item_id"] = values.pop("item")
    values["agency_id"] = values.pop("agency")
    connection.execute(_START, values)


def replace(connection: Connection, deadline: DeadlineRecord) -> None:
    """Write a new last day and counting for a term that runs."""
    connection.execute(
        update(t.deadline)
        .where(t.deadline.c.id == deadline.id)
        .values(
            due_on=deadline.due_on,
            ends_at=deadline.ends_at,
            extended=deadline.extended,
            counting=deadline.counting,
        )
    )


def finish(
    connection: Connection, deadlines: list[DeadlineId], state: DeadlineState
) -> None:
    """Let terms run no more."""
    if deadlines:
        connection.execute(_FINISH, {"deadlines": deadlines, "state": state})


def lock(connection: Connection, deadline: UUID) -> DeadlineRecord | None:
    """Return a term and let nobody else end it meanwhile."""
    query = select(t.deadline).where(t.deadline.c.id == deadline).with_for_update()
    row = connection.execute(query).first()
    return None if row is None else deadline_of(row)


def of_case(
    connection: Connection, case: UUID, *, running: bool = False
) -> list[DeadlineRecord]:
    """Return the terms of a case that the connection may see, first due on top."""
    query = _RUNNING if running else OF_CASE
    return [deadline_of(row) for row in connection.execute(query, {"case": case})]


def of_agency(
    connection: Connection, agency: AgencyId, most: int
) -> list[DeadlineRecord]:
    """Return the terms that run and bind an agency, as far as the connection sees."""
    rows = connection.execute(_OF_AGENCY, {"agency": agency, "most": most})
    return [deadline_of(row) for row in rows]


def rung(connection: Connection, ring: Ring) -> Outcome | None:
    """Return the outcome of an alarm that already rang."""
    row = connection.execute(
        select(t.alarm.c.outcome).where(
            t.alarm.c.deadline_id == ring.deadline,
            t.alarm.c.kind == ring.alarm.kind,
            t.alarm.c.at == ring.alarm.at,
        )
    ).first()
    return None if row is None else Outcome.model_validate(row.outcome)


def note_rung(connection: Connection, ring: Ring, outcome: Outcome) -> None:
    """Write down what came of an alarm, so that a retry finds it."""
    connection.execute(
        insert(t.alarm).values(
            deadline_id=ring.deadline,
            kind=ring.alarm.kind,
            at=ring.alarm.at,
            outcome=outcome.model_dump(mode="json"),
        )
    )


def deadline_of(row: Any) -> DeadlineRecord:
    """Return the term that a row holds."""
    return DeadlineRecord(
        id=DeadlineId(row.id),
        case=CaseId(row.case_id),
        handoff=None if row.handoff_id is None else HandoffId(row.handoff_id),
        item=None if row.item_id is None else ItemId(row.item_id),
        agency=AgencyId(row.agency_id),
        clock=row.clock,
        state=DeadlineState(row.state),
        started_on=row.started_on,
        due_on=row.due_on,
        ends_at=row.ends_at,
        extended=row.extended,
        counting=row.counting,
    )
