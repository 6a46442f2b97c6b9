"""The one contract for time: legal time, and its mapping to machine time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


class LegalClock(Protocol):
    """Tells legal time; in production it is machine time."""

    def now(self) -> datetime:
        """Return the present instant in legal time, aware, Europe/Brussels."""

    def legal(self, machine: datetime) -> datetime:
        """Map a machine instant to legal time."""

    def machine(self, legal: datetime) -> datetime:
        """Map a legal instant to the machine instant at which it comes."""


def legal_day(instant: datetime) -> date:
    """Return the legal date of an aware instant."""
    return instant.astimezone(BRUSSELS).date()
