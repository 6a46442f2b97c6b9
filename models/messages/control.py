"""Acts by which an originator keeps control of what it gave."""

from __future__ import annotations

from typing import Literal

from models.control import Denial, RecallGround
from models.ids import AgencyId, HandoffId, ItemId
from models.values import Message


class RequestRelease(Message):
    """A holder asks the originator to make an item readable by one more agency.

    `serves` is the open question between that agency and the holder; `question` holds
    the reasons, sealed for the originator.
    """

    kind: Literal["item.request_release"] = "item.request_release"
    handoff: HandoffId
    item: ItemId
    to: AgencyId
    serves: HandoffId
    question: ItemId


class GrantRelease(Message):
    """The originator grants a request: whole, or with an item in its place.

    Without `excerpt` the key of the item itself was wrapped for the new agency.
    """

    kind: Literal["item.grant"] = "item.grant"
    handoff: HandoffId
    excerpt: ItemId | None = None


class DenyRelease(Message):
    """The originator does not grant a request."""

    kind: Literal["item.deny"] = "item.deny"
    handoff: HandoffId
    word: Denial
    reasons: ItemId


class RecallItem(Message):
    """The originator takes an item back from everybody who holds it."""

    kind: Literal["item.recall"] = "item.recall"
    item: ItemId
    ground: RecallGround


class CorrectItem(Message):
    """The originator takes an item back and gives its holders another in its place."""

    kind: Literal["item.correct"] = "item.correct"
    item: ItemId
    correction: ItemId
    ground: RecallGround
