"""Handoff rows and their moves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from models.errors import Conflict
from models.handoffs import OPEN_STATES, HandoffRecord, HandoffState
from models.ids import AgencyId, CaseId, HandoffId, ItemId
from storage import compiled
from storage import tables as t

_ENTER = insert(t.handoff)
_FIND = select(t.handoff).where(t.handoff.c.id == bindparam("handoff"))
OF_CASE = (
    select(t.handoff)
    .where(t.handoff.c.case_id == bindparam("case"))
    .order_by(t.handoff.c.offered_at, t.handoff.c.id)
)
SERVING = (
    select(t.handoff)
    .where(t.handoff.c.parent_id == bindparam("handoff"))
    .order_by(t.handoff.c.offered_at, t.handoff.c.id)
)
"""The questions that serve a request."""
_UPDATE = update(t.handoff).where(t.handoff.c.id == bindparam("handoff"))
_MOVE = _UPDATE.where(
    t.handoff.c.version == bindparam("version_before"),
    t.handoff.c.state == bindparam("state_before"),
)


def enter(connection: Connection, handoff: HandoffRecord) -> None:
    """Insert a new handoff row."""
    values = {
        "id": handoff.id,
        "case_id": handoff.case,
        "route": handoff.route,
        "pack_version": handoff.pack_version,
        "parent_id": handoff.parent,
        "kind": handoff.kind,
        "source": handoff.source,
        "asker": handoff.asker,
        "asked": handoff.asked,
        "state": handoff.state,
        "version": handoff.version,
        "question_id": handoff.question,
        "purpose": handoff.purpose,
        "article": handoff.article,
        "offered_at": handoff.offered_at,
        "due_on": handoff.due_on,
    }
    connection.execute(_ENTER, values)


def find(connection: Connection, handoff: UUID) -> HandoffRecord | None:
    """Return a handoff that the connection may see."""
    row = compiled.execute(connection, _FIND, {"handoff": handoff}).fetchone()
    return None if row is None else handoff_of(row)


def of_case(connection: Connection, case: UUID) -> list[HandoffRecord]:
    """Return the handoffs of a case that the connection may see, oldest first."""
    return [handoff_of(row) for row in connection.execute(OF_CASE, {"case": case})]


def set_due(connection: Connection, handoff: UUID, due_on: date) -> None:
    """Write the last day of the term that now governs a handoff."""
    connection.execute(_UPDATE, {"handoff": handoff, "due_on": due_on})


def move(
    connection: Connection, before: HandoffRecord, state: HandoffState, at: datetime
) -> None:
    """Move a handoff if it still has the state and version of `before`.

    Raises:
        Conflict: somebody else moved it.
    """
    values = {
        "handoff": before.id,
        "version_before": before.version,
        "state_before": before.state,
        "state": state,
        "version": before.version + 1,
        "closed_at": None if state in OPEN_STATES else at,
    }
    result = connection.execute(_MOVE, values)
    if result.rowcount != 1:
        raise Conflict("the handoff moved on meanwhile", help="look again and retry")


def handoff_of(row: Any) -> HandoffRecord:
    """Return the handoff that a row holds."""
    return HandoffRecord(
        id=HandoffId(row.id),
        case=CaseId(row.case_id),
        route=row.route,
        pack_version=row.pack_version,
        parent=None if row.parent_id is None else HandoffId(row.parent_id),
        kind=row.kind,
        source=row.source,
        asker=AgencyId(row.asker),
        asked=AgencyId(row.asked),
        state=HandoffState(row.state),
        version=row.version,
        question=ItemId(row.question_id),
        purpose=row.purpose,
        article=row.article,
        offered_at=row.offered_at,
        due_on=row.due_on,
        closed_at=row.closed_at,
    )
