"""The door of the API: a bearer token, read anew at every question."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated

from fastapi import Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param

from acts.seat import Seat, take_seat
from models.errors import NotFound, NotPermitted, NotProven, NotSignedIn
from storage.engine import transaction
from storage.people import directory
from storage.sessions import rest_of_beat
from web.api.tokens import Bearer
from web.door import installation
from web.elsewhere import check_agency, check_keys
from web.guards.absences import known_as
from web.guards.limits import address_of
from web.installation import Installation
from web.permissions import ALLOWED, Permission
from web.signin import feeds

_BEARER = HTTPBearer(
    auto_error=False,
    bearerFormat="JWT",
    scheme_name="token",
    description="An access token of the OpenID provider, for the audience of this API.",
)
Shown = Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]


class Anybody:
    """Lets anybody in: what is there tells of nobody."""

    permission = Permission.PUBLIC

    def __call__(self) -> None:
        """Ask nothing."""


class TokenDoor:
    """Lets in whom a token speaks of, if the resource is for their function.

    Cookies are not looked at: what a browser sends by itself opens nothing here.

    With `strong`, whoever comes has proven lately, and strongly, who it is. The API is
    where the keys of the officer's agency are, and nowhere else.

    Raises:
        ServedElsewhere: the officer's agency has it at an address of its own.
        NotSignedIn: there is no token, or it does not count.
        NotProven: the provider's proof is too weak or too old.
        NotPermitted: the resource is for other functions.
        TooMany: this officer, or whoever shows wrong tokens from there, asks too often,
            or too often for what is not there.
    """

    def __init__(self, permission: Permission, *, strong: bool = False) -> None:
        self.permission = permission
        self._strong = strong

    async def __call__(self, request: Request, shown: Shown) -> Seat:
        """Return the officer's seat; asks the database beside the event loop."""
        here = installation(request)
        bearer = await _bearer(here, request, shown)
        seat = await run_in_threadpool(_seat, here, bearer)
        known_as(request, seat.officer.id)
        request.app.state.calls.note(seat.officer.id)
        if self._strong and not bearer.proven:
            raise NotProven(
                "for this act you prove once more, and more strongly, who you are",
                help="get a token from the provider with these `acr_values`",
                acr_values=_strong_word(here),
            )
        if not ALLOWED[self.permission] & seat.officer.functions:
            raise NotPermitted(
                "this is for others", help="your function has no part in it"
            )
        return seat


class FeedDoor:
    """Lets in whoever knows the address of an officer's calendar, for that alone.

    It shows no content, so it is served without keys too. An address that never was,
    one that ended and one of other pages get the same answer.

    Anybody may guess, so the beat is sat out in no thread: pages have few.

    Raises:
        NotFound: there is no such address; said on the beat.
        TooMany: this officer's calendars, or whoever tries addresses, ask too often.
    """

    permission = Permission.CALENDAR_READ

    async def __call__(self, request: Request, token: str) -> Seat:
        """Return the seat of the officer whose address it is."""
        here, paces = installation(request), request.app.state
        began = time.monotonic()
        try:
            feed = await run_in_threadpool(feeds.found, here, token)
        except NotFound:
            await asyncio.sleep(rest_of_beat(began))
            paces.guesses.note(address_of(request))
            raise
        paces.fetches.note(feed.officer.id)
        return await run_in_threadpool(
            take_seat, here.desk, feed.officer, feed.agency_kind
        )


def token_shown(request: Request) -> str:
    """Return the token that a program shows, whatever it counts; empty if none."""
    scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
    return token if scheme.lower() == "bearer" else ""


def _strong_word(here: Installation) -> str:
    return here.provider.settings.strong if here.provider else ""


async def _bearer(
    here: Installation,
    request: Request,
    shown: HTTPAuthorizationCredentials | None,
) -> Bearer:
    if shown is None or here.tokens is None:
        raise NotSignedIn(
            "nobody shows a token", help="send one: Authorization: Bearer"
        )
    try:
        return await here.tokens.read(shown.credentials)
    except NotSignedIn:
        request.app.state.attempts.note(address_of(request))
        raise


def _seat(here: Installation, bearer: Bearer) -> Seat:
    try:
        with transaction(here.desk.database) as connection:
            officer = directory.in_office(connection, bearer.officer)
            kind = directory.agency(connection, officer.agency).kind
    except NotFound:
        raise NotSignedIn(
            "the directory does not know you",
            help="ask whoever keeps the directory of your agency to enter you",
            shown=True,
        ) from None
    check_agency(here, officer)
    check_keys(here, officer)
    return take_seat(here.desk, officer, kind)
