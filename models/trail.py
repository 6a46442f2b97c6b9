"""The trail as an auditor asks for it and finds it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.events import Entry
from models.ids import CaseId, ItemId
from models.values import Value


class Wanted(Value):
    """Which entries: those that fit all that is given. Days are legal and included."""

    case: CaseId | None = None
    item: ItemId | None = None
    officer: str = ""
    since: date | None = None
    until: date | None = None
    kinds: tuple[str, ...] = ()


class Opening(NamedTuple):
    """The officer behind a commitment of an entry, and the salt."""

    officer: str
    salt: bytes


class TrailEntry(NamedTuple):
    """An ordered entry, with the officers that can still be named, by field."""

    seq: int
    body: bytes
    entry: Entry
    opened: dict[str, Opening]
