"""Data that must be destroyed on a day, and how far that has come."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from models.ids import AgencyId, CaseId
from models.values import Value


class DueState(StrEnum):
    """Whether data still wait for their day."""

    WAITING = "waiting"
    DESTROYED = "destroyed"


class OrderState(StrEnum):
    """Whether a node has carried out an order."""

    OPEN = "open"
    DONE = "done"


class DueRecord(Value):
    """Data of one agency and scope in one case, due on a day under a rule."""

    id: UUID
    case: CaseId
    agency: AgencyId
    scope: str
    rule: str
    due_on: date


class DestructionDay(Value):
    """The next day on which data of a case are destroyed, and under which rule."""

    rule: str
    due_on: date
