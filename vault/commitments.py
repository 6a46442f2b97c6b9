"""Salted commitments: how a personal identifier appears in the ledger.

While the salt exists, anybody who holds it can show that an entry is about a person.
Once it is destroyed the 32 bytes mean nothing, and the tree above them still verifies.
"""

from __future__ import annotations

import os
from hashlib import sha256
from hmac import digest

SALT_BYTES = 32


def new_salt() -> bytes:
    """Make the salt of one person in one case: one salt each, or entries link up."""
    return os.urandom(SALT_BYTES)


def commit(salt: bytes, value: str) -> bytes:
    """Return HMAC-SHA256 of the identifier's UTF-8 bytes under the salt."""
    return digest(salt, value.encode(), sha256)
