"""What an item holds, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from policies.documents import DOCUMENTS

_DEEPEST = 20
"""Levels of fields within fields that a page shows; what we write has four at most."""

_MOST = 10_000
"""Values in fields that a page shows; each takes far more room there than in a file."""


def content_of(body: bytes) -> object:
    """Return fields, or words, or None for bytes that are neither.

    A document that a program opens is neither, though all its bytes may be characters.
    Whoever sends a document says what is in it: fields that a page cannot show are
    shown as the words that they are written in.
    """
    try:
        found: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        return _words(body)
    shown = isinstance(found, dict) and _has_room(found)
    return found if shown else _words(body)


def _words(body: bytes) -> str | None:
    if DOCUMENTS.of_bytes(body) is not None:
        return None
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _has_room(found: object) -> bool:
    """Tell whether a page can show fields; without recursion, as there may be many."""
    values, level = 0, [found]
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in _within(each)]
        values += len(level)
        if not level or values > _MOST:
            return values <= _MOST
    return False


def _within(found: object) -> Iterable[object]:
    if isinstance(found, dict):
        return found.values()
    return found if isinstance(found, list) else ()
