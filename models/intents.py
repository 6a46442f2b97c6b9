"""Intents: acts that were stored and wait to be recorded."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from models.ids import ActId, AgencyId, CaseId, OfficerId
from models.messages.acts import ActMessage
from models.process import Outcome
from models.values import Value


class IntentState(StrEnum):
    """Where an intent stands."""

    STAGED = "staged"
    RECORDED = "recorded"
    REFUSED = "refused"


class Intent(Value):
    """An act as it was staged, by an officer who proved who they are.

    `stored_at` is machine time, `legal_at` the instant from which the act counts.
    """

    act: ActId
    case: CaseId
    officer: OfficerId
    agency: AgencyId
    purpose: str
    message: ActMessage
    stored_at: datetime
    legal_at: datetime
    state: IntentState = IntentState.STAGED
    outcome: Outcome | None = None
