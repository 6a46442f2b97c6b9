"""How often one address may try to sign in."""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from models.errors import Unavailable

ATTEMPTS = RateLimitItemPerMinute(30)
"""An office behind one address signs in in the morning; a guesser wants more."""


class Attempts:
    """Counts attempts in this process; each that serves pages counts its own."""

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def note(self, request: Request) -> None:
        """Count an attempt.

        Raises:
            Unavailable: there were too many from this address within a minute.
        """
        host = request.client.host if request.client else ""
        if not self._window.hit(ATTEMPTS, "sign-in", host):
            raise Unavailable(
                "too many attempts to sign in from here", help="wait a minute"
            )
