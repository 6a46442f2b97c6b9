"""What is due to be erased from beside the log, and what stands in its place."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID


class Route(NamedTuple):
    """The pack that a case is under."""

    route: str
    version: date


class OldEntry(NamedTuple):
    """An entry that still names somebody. `day` is legal, as `2026-11-22`."""

    leaf: bytes
    entry: UUID
    act: UUID | None
    case: UUID | None
    agency: str
    day: str


class Tombstone(NamedTuple):
    """What stands in the place of an erased part: since when, and by which entry.

    `place` is its number among all that were erased with it.
    """

    erased_on: date
    erasure: UUID
    place: int
