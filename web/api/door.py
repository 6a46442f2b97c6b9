"""The door of the API: a bearer token, read anew at every question."""

from __future__ import annotations

from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from acts.seat import Seat, take_seat
from models.errors import NotFound, NotPermitted, NotSignedIn
from storage.engine import transaction
from storage.people import directory
from web.door import installation
from web.guards.limits import address_of
from web.permissions import ALLOWED, Permission

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

    Raises:
        NotSignedIn: there is no token, or it does not count.
        NotPermitted: the resource is for other functions.
        TooMany: this officer, or whoever shows wrong tokens from there, asks too often.
    """

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    def __call__(self, request: Request, shown: Shown) -> Seat:
        """Return the officer's seat; runs beside the event loop."""
        seat = _seat(request, shown)
        request.app.state.calls.note(seat.officer.id)
        if not ALLOWED[self.permission] & seat.officer.functions:
            raise NotPermitted(
                "this is for others", help="your function has no part in it"
            )
        return seat


def _seat(request: Request, shown: HTTPAuthorizationCredentials | None) -> Seat:
    here = installation(request)
    if shown is None or here.tokens is None:
        raise NotSignedIn(
            "nobody shows a token", help="send one: Authorization: Bearer"
        )
    try:
        named = here.tokens.officer(shown.credentials)
        with transaction(here.desk.database) as connection:
            officer = directory.officer(connection, named)
            kind = directory.agency(connection, officer.agency).kind
    except NotSignedIn:
        request.app.state.attempts.note(address_of(request))
        raise
    except NotFound:
        raise NotSignedIn(
            "the directory does not know you",
            help="ask whoever keeps the directory of your agency to enter you",
            shown=True,
        ) from None
    return take_seat(here.desk, officer, kind)
