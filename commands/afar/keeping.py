"""The token of whoever signed in, kept where this account alone reads it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from urllib.parse import urlsplit

import orjson

from models.errors import InvalidInput, NotSignedIn
from models.values import Value

VARIABLE = "ESTAFETTE_URL"
_BEGIN = "sign in with `estafette session begin`"


class Kept(Value):
    """A token for one installation, and when it ends, in seconds of the machine."""

    url: str
    token: str
    ends_at: float


def address() -> str:
    """Return where commands go; empty where they are done here.

    Raises:
        InvalidInput: a token would travel in clear.
    """
    url = os.environ.get(VARIABLE, "").rstrip("/")
    if url and is_in_clear(url):
        raise InvalidInput(
            f"{VARIABLE} is no https address", help="write it as https://HOST"
        )
    return url


def is_in_clear(url: str) -> bool:
    """Tell whether others on the way could read what travels to an address."""
    parts = urlsplit(url)
    return parts.scheme != "https" and parts.hostname != "localhost"


def keep(kept: Kept) -> Path:
    """Write a token in the place of the one before; return where."""
    path = _place()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(orjson.dumps(kept.model_dump()))
    fresh.replace(path)
    return path


def forget() -> None:
    """Leave no token."""
    _place().unlink(missing_ok=True)


def token_for(url: str) -> str:
    """Return the token for an installation.

    Raises:
        NotSignedIn: there is none, it is for another one, or it ended.
    """
    try:
        kept = Kept.model_validate_json(_place().read_bytes())
    except (OSError, ValueError):
        raise NotSignedIn("nobody signed in here", help=_BEGIN) from None
    if kept.url != url or kept.ends_at <= time.time():
        raise NotSignedIn("your sign-in ended, or is for elsewhere", help=_BEGIN)
    return kept.token


def _place() -> Path:
    root = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(root) / "estafette" / "session.json"
