"""Notices that leave the pages: by which way, to whom, and what became of each."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal
from uuid import UUID

from models.ids import OfficerId
from models.values import Value

Language = Literal["fr", "nl", "de", "en"]


class WayKind(StrEnum):
    """How an officer, or a program with an account, hears of notices."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class ParcelState(StrEnum):
    """Withheld: it was not, or no longer, for this officer. Dead: given up."""

    WAITING = "waiting"
    SENT = "sent"
    WITHHELD = "withheld"
    DEAD = "dead"


class Way(Value):
    """One officer's way; `address` is personal data, shown to that officer alone."""

    id: UUID
    officer: OfficerId
    kind: WayKind
    address: str
    language: Language = "fr"


class Parcel(Value):
    """One notice on its way; nothing of it but ids.

    Attributes:
        id: the same at each attempt, so that whoever receives it twice can tell.
        subject: what it is about, such as `handoffs/ID`.
        attempts: how often it was tried, this time included.
    """

    id: UUID
    notice: UUID
    subject: str
    attempts: int
    way: Way


class ParcelLine(Value):
    """What an officer sees of a delivery."""

    id: UUID
    kind: WayKind
    state: ParcelState
    attempts: int
    next_at: datetime
    sent_at: datetime | None
    fault: str


MOST_ATTEMPTS = 12
_FIRST, _LONGEST = timedelta(seconds=30), timedelta(hours=6)


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: four times longer each time."""
    factor: int = 4 ** min(attempts - 1, 10)
    return min(_FIRST * factor, _LONGEST)
