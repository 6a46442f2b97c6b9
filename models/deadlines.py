"""Terms that run in a case, with the counting behind their last day."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from models.ids import AgencyId, CaseId, DeadlineId, HandoffId, ItemId
from models.values import Value


class DeadlineState(StrEnum):
    """Whether a term still runs, is held open, was met, or ended unmet."""

    RUNNING = "running"
    HELD = "held"
    MET = "met"
    ENDED = "ended"


class DeadlineRecord(Value):
    """A term with the counting that led to its last day.

    `item`: the recalled item that the agency has to give back by then.
    """

    id: DeadlineId
    case: CaseId
    handoff: HandoffId | None = None
    item: ItemId | None = None
    agency: AgencyId
    clock: str
    state: DeadlineState = DeadlineState.RUNNING
    started_on: date
    due_on: date
    ends_at: datetime
    extended: int = 0
    counting: dict[str, Any]
