"""What the pages keep of a token, and their own word on a row that they wrote."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence

from web.installation import Installation

_TOKEN_BYTES = 32


def new_token() -> str:
    """Return a token, in characters that may stand in an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def hash_of(token: str) -> bytes:
    """Return all that the database keeps of a token."""
    return hashlib.sha256(token.encode()).digest()


def seal(here: Installation, said: Sequence[str]) -> bytes:
    """Return what only whoever holds the pages' secret can write beside a row.

    Whoever writes to the database could come in as anybody otherwise.
    """
    return hmac.digest(here.secret.encode(), json.dumps(said).encode(), "sha256")


def is_sealed(here: Installation, said: Sequence[str], found: bytes) -> bool:
    """Tell whether these pages wrote a row."""
    return hmac.compare_digest(found, seal(here, said))
