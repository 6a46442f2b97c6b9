"""Blind index: look a number up without storing it. Keyed per agency.

Equal numbers give equal tokens within one agency, and unrelated ones across agencies,
so nobody can tell by comparing tables that two agencies know the same person.
"""

from __future__ import annotations

from hashlib import sha256
from hmac import digest

from vault.binding import bind


def token(index_key: bytes, kind: str, normalised_value: str) -> bytes:
    """Return HMAC-SHA256 over kind and value (32 bytes).

    The caller normalises: `85.07.30-033.28` and `85073003328` give different tokens.
    """
    return digest(index_key, bind("index", "v1", kind, normalised_value), sha256)
