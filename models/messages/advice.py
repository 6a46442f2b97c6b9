"""Acts on the request for an advice, and the advice."""

from __future__ import annotations

from typing import Literal

from models.ids import AgencyId, HandoffId, ItemId
from models.values import Message


class RequestAdvice(Message):
    """The reasoned request for an advice (L24 20)."""

    kind: Literal["advice.request"] = "advice.request"
    handoff: HandoffId
    to: AgencyId
    source: str
    question: ItemId


class CompleteAdvice(Message):
    """The missing pieces of an inadmissible request (L24 20 al.3)."""

    kind: Literal["advice.complete"] = "advice.complete"
    handoff: HandoffId
    completion: ItemId


class AdmitAdvice(Message):
    """The request is admissible; the advice clock starts (L24 20 al.5)."""

    kind: Literal["advice.admit"] = "advice.admit"
    handoff: HandoffId


class RejectAdvice(Message):
    """The request is inadmissible: to complete, or finally (L24 20 al.3-4)."""

    kind: Literal["advice.reject"] = "advice.reject"
    handoff: HandoffId
    reasons: ItemId


class DeliverAdvice(Message):
    """The reasoned, non-binding advice (L24 23-24)."""

    kind: Literal["advice.deliver"] = "advice.deliver"
    handoff: HandoffId
    advice: ItemId
