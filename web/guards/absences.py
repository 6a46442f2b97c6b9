"""Whoever asks again and again for what is not there waits before anybody looks.

That there is none is said on a beat, which a thread of the pages sits out. What is
hidden counts as what never was: by the answer, which is the same. Pages and the API
have a guard each, as a browser shows its token otherwise than a program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.errors import TooMany
from web.guards.limits import ABSENCES, Pace

# What the page of the refusal is drawn with, and the way out.
_LET_PASS = ("/static/", "/sign-")
_MOST_TOKENS = 10_000


class Absences:
    """Refuses officers who were told too often that there is none.

    `shown` returns the token that a request shows, `refused` the answer to one more.
    The door says whose a token is, and refuses a new one of such an officer; from the
    first such answer on it is known without asking the database. What a token asked for
    and has no answer to yet counts as if it found nothing, else all that is asked at
    once would pass.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        shown: Callable[[Request], str],
        refused: Callable[[Request, TooMany], Response],
    ) -> None:
        self._app = app
        self._shown = shown
        self._refused = refused
        self._pace = Pace(ABSENCES)
        self._officers: dict[str, str] = {}
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting if it finds nothing, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith(_LET_PASS):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        token = self._shown(request)
        request.state.check_absences = self._pace.check

        async def counted(message: Message) -> None:
            officer: str | None = getattr(request.state, "asked_by", None)
            if officer is not None and message.get("status") == 404:
                self._note(token, officer)
            await send(message)

        try:
            self._pace.check(self._officers.get(token, ""), self._open[token])
        except TooMany as error:
            await self._refused(request, error)(scope, receive, send)
        else:
            with self._opened(token):
                await self._app(scope, receive, counted)

    @contextmanager
    def _opened(self, token: str) -> Iterator[None]:
        if not token:  # many people, who find nothing without a beat
            yield
            return
        self._open[token] += 1
        try:
            yield
        finally:
            self._open[token] -= 1
            if not self._open[token]:
                del self._open[token]

    def _note(self, token: str, officer: str) -> None:
        if len(self._officers) >= _MOST_TOKENS:  # each is looked up once more
            self._officers.clear()
        self._officers[token] = officer
        with suppress(TooMany):  # said when they come again
            self._pace.note(officer)


def known_as(request: Request, officer: str) -> None:
    """Note whose request it is, before anything is looked for.

    Raises:
        TooMany: the officer was told too often that there is none, by whatever token.
    """
    request.state.asked_by = officer
    check = getattr(request.state, "check_absences", None)
    if check is not None:  # whoever signs out is let pass
        check(officer)
