"""The one contract for time: legal time, its mapping to machine time, stamps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


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


def stamp(instant: datetime) -> int:
    """Return an aware instant in microseconds since 1970 in UTC, as is signed."""
    return (instant - _EPOCH) // _MICROSECOND


def stamped(stamp: int) -> datetime:
    """Return the instant of a stamp, in UTC."""
    return _EPOCH + stamp * _MICROSECOND
