"""What an item holds, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

_DEEPEST = 20
"""Levels of fields within fields that a page shows; what we write has four at most."""


def content_of(body: bytes) -> object:
    """Return fields, or words, or None for bytes that are neither.

    Whoever sends a document says what is in it: fields that a page cannot show are
    shown as the words that they are written in.
    """
    try:
        found: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        return _words(body)
    shown = isinstance(found, dict) and _depth_of(found) <= _DEEPEST
    return found if shown else _words(body)


def _words(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _depth_of(found: object) -> int:
    """Return how many levels there are; without recursion, as there may be many."""
    depth, level = 0, [found]
    while level and depth <= _DEEPEST:
        depth += 1
        level = [inner for each in level for inner in _within(each)]
    return depth


def _within(found: object) -> Iterable[object]:
    if isinstance(found, dict):
        return found.values()
    return found if isinstance(found, list) else ()
