"""What becomes of an item that its originator takes back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from models.control import RecallGround
from models.ids import AgencyId, CaseId, DeadlineId, HandoffId, ItemId
from models.retention import OrderState
from models.values import Value


class Holding(Value):
    """An agency that holds an item, and the question for which it does."""

    agency: AgencyId
    scope: str
    handoff: HandoffId | None


class Recall(Value):
    """An item that is taken back: why, and the instant from which."""

    case: CaseId
    item: ItemId
    ground: RecallGround
    at: datetime


class RecallLine(Value):
    """What became of a recalled item at one of its holders.

    `signature` (hex) is that of the holder's receipt, once its node gave the item back.
    """

    id: UUID
    item: ItemId
    case: CaseId
    agency: AgencyId
    ground: RecallGround
    state: OrderState
    ordered_at: datetime
    done_at: datetime | None
    signature: str


class MetTerm(Value):
    """A term that ended with the receipt for an order, outside any act."""

    order: UUID
    case: CaseId
    term: DeadlineId
