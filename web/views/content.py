"""What an item holds, as a page shows it."""

from __future__ import annotations

import orjson


def content_of(body: bytes) -> object:
    """Return fields, or words, or None for bytes that are neither."""
    try:
        found: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        return _words(body)
    return found if isinstance(found, dict) else _words(body)


def _words(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None
