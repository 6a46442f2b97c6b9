"""JSON that is written as it comes: arrays and objects too long to hold at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import orjson


def array(values: Iterable[object]) -> Iterator[bytes]:
    """Yield an array, a value a line."""
    yield b"[\n"
    yield from _apart(orjson.dumps(each) for each in values)
    yield b"]"


def members(pairs: Iterable[tuple[str, object]]) -> Iterator[bytes]:
    """Yield an object, a member a line; no name may come twice."""
    yield b"{\n"
    yield from _apart(
        orjson.dumps(name) + b": " + orjson.dumps(each) for name, each in pairs
    )
    yield b"}"


def instant(at: datetime) -> str:
    """Return an instant in the spelling that every reader knows."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _apart(lines: Iterable[bytes]) -> Iterator[bytes]:
    between = b""
    for line in lines:
        yield between + line
        between = b",\n"
    yield b"\n"
