"""Where guarded questions stand inside the agency that was asked."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from models.handoffs import InnerState, Inside
from models.ids import ActId, AgencyId, CaseId, HandoffId, OfficerId
from storage import tables as t
from storage.among import among

_ROW = t.guarded.c
_FIND = select(t.guarded).where(_ROW.handoff_id == bindparam("handoff"))
STATES = select(_ROW.handoff_id, _ROW.state).where(among(_ROW.handoff_id, "handoffs"))


def find(connection: Connection, handoff: UUID) -> Inside | None:
    """Return where a question stands inside; None: nobody took it in hand."""
    row = connection.execute(_FIND, {"handoff": handoff}).first()
    if row is None:
        return None
    return Inside(
        handoff=HandoffId(row.handoff_id),
        case=CaseId(row.case_id),
        agency=AgencyId(row.agency_id),
        state=InnerState(row.state),
        act=None if row.act_id is None else ActId(row.act_id),
        by=None if row.prepared_by is None else OfficerId(row.prepared_by),
    )


def put(connection: Connection, inside: Inside) -> None:
    """Write where a question stands now."""
    values = {
        "handoff_id": inside.handoff,
        "case_id": inside.case,
        "agency_id": inside.agency,
        "state": inside.state,
        "act_id": inside.act,
        "prepared_by": inside.by,
    }
    written = insert(t.guarded).values(values)
    connection.execute(
        written.on_conflict_do_update(index_elements=["handoff_id"], set_=values)
    )


def states(
    connection: Connection, handoffs: Iterable[UUID]
) -> dict[HandoffId, InnerState]:
    """Return the states of those questions that the connection may look into."""
    return {
        HandoffId(row.handoff_id): InnerState(row.state)
        for row in connection.execute(STATES, {"handoffs": list(handoffs)})
    }
