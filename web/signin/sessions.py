"""Tokens in browsers: made, shown and ended; the database knows their hashes only."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from models.agencies import Agency, Officer
from models.signing_in import LONGEST, SignedIn
from storage.people import signing_in
from web.signin.provider import Proven

TOKEN_BYTES = 32


def cookie_name(*, secure: bool) -> str:
    """Return the cookie's name; the prefix binds it to this host, over TLS only."""
    return "__Host-estafette" if secure else "estafette"


def begin(engine: Engine, proven: Proven, officer: Officer, agency: Agency) -> str:
    """Sign an officer in; return the token, which nobody but the browser keeps."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), datetime.now(UTC)
    signing_in.begin(
        engine,
        SignedIn(
            token=_hash(token),
            officer=officer,
            agency_kind=agency.kind,
            strength=proven.strength,
            signed_in_at=now,
            proven_at=now,
            seen_at=now,
            ends_at=now + LONGEST,
            provider_session=proven.session,
        ),
    )
    return token


def found(engine: Engine, request: Request, *, secure: bool) -> SignedIn | None:
    """Return who shows a token that counts."""
    token = request.cookies.get(cookie_name(secure=secure))
    if not token:
        return None
    return signing_in.find(engine, _hash(token), datetime.now(UTC))


def hand_over(response: Response, token: str, *, secure: bool) -> None:
    """Give a browser its token; scripts and other sites never see it."""
    response.set_cookie(
        cookie_name(secure=secure),
        token,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def take_back(response: Response, *, secure: bool) -> None:
    """Let a browser forget its token."""
    response.delete_cookie(
        cookie_name(secure=secure),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
