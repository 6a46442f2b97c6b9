"""How often somebody may ask: an address to sign in, an officer the API and pages."""

from __future__ import annotations

import time

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from models.errors import TooMany

ATTEMPTS = RateLimitItemPerMinute(30)
"""An office behind one address signs in in the morning; a guesser wants more."""

CALLS = RateLimitItemPerMinute(600)
"""Of one officer to the API: more than a program that follows cases needs."""

FETCHES = RateLimitItemPerHour(30)
"""Of one officer's calendars: a few devices that ask every quarter of an hour."""

ABSENCES = RateLimitItemPerMinute(60)
"""Of one officer, for what is not there: more than a person or program comes upon."""


class Pace:
    """Counts in this process; each process that serves pages counts its own."""

    def __init__(self, most: RateLimitItem) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._most = most

    def note(self, who: str) -> None:
        """Count one more of `who`.

        Raises:
            TooMany: there were too many within the limit's time.
        """
        if not self._window.hit(self._most, who):
            raise self._too_many(who)

    def check(self, who: str, still_open: int = 0) -> None:
        """Let `who` ask, and count nothing.

        Raises:
            TooMany: one more would be too many, if those `still_open` count too.
        """
        if not self._window.test(self._most, who, cost=1 + still_open):
            raise self._too_many(who)

    def _too_many(self, who: str) -> TooMany:
        again = self._window.get_window_stats(self._most, who).reset_time
        seconds = max(1, round(again - time.time()))
        return TooMany(
            "too many questions from here", help="wait a minute", seconds=seconds
        )


def address_of(request: Request) -> str:
    """Return the address from which somebody asks."""
    return request.client.host if request.client else ""
