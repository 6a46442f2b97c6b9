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


class Ticket(Value):
    """Under which id an act is performed.

    `asked` commits to what was asked for, where it can be asked for again: an HMAC
    under a key that only whoever asks has. It is empty where it cannot.
    """

    act: ActId
    asked: bytes = b""


class Intention(Value):
    """An act that is about to be staged, by an officer who proved who they are.

    `asked` is as in its ticket.
    """

    act: ActId
    asked: bytes = b""
    case: CaseId
    officer: OfficerId
    agency: AgencyId
    purpose: str
    message: ActMessage


class Staged(Value):
    """An act of an officer that was stored before, as that officer may know of it."""

    act: ActId
    case: CaseId
    asked: bytes
    message: ActMessage
    state: IntentState


class Intent(Intention):
    """An act as it was staged.

    `stored_at` is machine time, `legal_at` the instant from which the act counts; both
    are of the database, whatever the clock of the officer's machine says.
    """

    stored_at: datetime
    legal_at: datetime
    state: IntentState = IntentState.STAGED
    outcome: Outcome | None = None
