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


class Intention(Value):
    """An act that is about to be staged, by an officer who proved who they are."""

    act: ActId
    case: CaseId
    officer: OfficerId
    agency: AgencyId
    purpose: str
    message: ActMessage


class Intent(Intention):
    """An act as it was staged.

    `stored_at` is machine time, `legal_at` the instant from which the act counts; both
    are of the database, whatever the clock of the officer's machine says.
    """

    stored_at: datetime
    legal_at: datetime
    state: IntentState = IntentState.STAGED
    outcome: Outcome | None = None
