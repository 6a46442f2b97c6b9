"""Tokens in browsers: made, shown and ended; the database knows their hashes only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from models.agencies import Agency, Officer
from models.signing_in import LONGEST, SignedIn
from storage.people import signing_in
from web.installation import Installation
from web.signin.provider import Proven
from web.signin.seals import hash_of, is_sealed, new_token, seal


def cookie_name(*, secure: bool, agency: str | None = None) -> str:
    """Return the name of the cookie of who is signed in, bound to this host.

    Pages of one agency have a name of their own: cookies tell hosts apart, not ports.
    """
    name = f"estafette-{agency}" if agency else "estafette"
    return bound_to_host(name, secure=secure)


def bound_to_host(name: str, *, secure: bool) -> str:
    """Return a cookie's name with the prefix by which no other host can set it.

    Browsers take it over TLS only, for all paths (RFC 6265bis 4.1.3.2).
    """
    return f"__Host-{name}" if secure else name


def begin(here: Installation, proven: Proven, officer: Officer, agency: Agency) -> str:
    """Sign an officer in; return the token, which nobody but the browser keeps."""
    token, now = new_token(), datetime.now(UTC)
    who = SignedIn(
        token=hash_of(token),
        officer=officer,
        agency_kind=agency.kind,
        strength=proven.strength,
        signed_in_at=now,
        proven_at=min(now, proven.at or now),
        seen_at=now,
        ends_at=now + LONGEST,
        provider_session=proven.session,
    )
    sealed = who.model_copy(update={"seal": seal(here, _said(who))})
    signing_in.begin(here.desk.database, sealed)
    return token


def found(here: Installation, request: Request) -> SignedIn | None:
    """Return who shows a token that counts, by a row that these pages wrote."""
    token = shown(here, request)
    if not token:
        return None
    who = signing_in.find(here.desk.database, hash_of(token), datetime.now(UTC))
    if who is None or not is_sealed(here, _said(who), who.seal):
        return None
    return who


def shown(here: Installation, request: Request) -> str:
    """Return the token that a browser shows, whatever it counts; empty if none."""
    return request.cookies.get(_cookie_of(here), "")


def hand_over(response: Response, token: str, here: Installation) -> None:
    """Give a browser its token; scripts and other sites never see it."""
    response.set_cookie(
        _cookie_of(here),
        token,
        path="/",
        secure=here.secure,
        httponly=True,
        samesite="lax",
    )


def take_back(response: Response, here: Installation) -> None:
    """Let a browser forget its token."""
    response.delete_cookie(
        _cookie_of(here),
        path="/",
        secure=here.secure,
        httponly=True,
        samesite="lax",
    )


def _cookie_of(here: Installation) -> str:
    return cookie_name(secure=here.secure, agency=here.desk.own)


def _said(who: SignedIn) -> Sequence[str]:
    """Return what the seal of a row holds fast."""
    instants = (who.signed_in_at, who.proven_at, who.ends_at)
    return (
        who.token.hex(),
        who.officer.id,
        who.strength,
        who.provider_session,
        *(at.astimezone(UTC).isoformat() for at in instants),
    )
