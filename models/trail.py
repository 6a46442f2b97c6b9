"""The trail as an auditor asks for it and finds it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.erasing import Tombstone
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


class Concerned(Value):
    """Cases that somebody is concerned by, and the items that say so."""

    cases: frozenset[CaseId] = frozenset()
    items: frozenset[ItemId] = frozenset()


class Opening(NamedTuple):
    """The officer or the seal behind a commitment of an entry, and the salt."""

    value: str
    salt: bytes


class TrailEntry(NamedTuple):
    """An ordered entry, with what can still be opened of it, and what was erased.

    Both are by the name of the part: `officer`, `subject ITEM`, and so on.
    """

    seq: int
    body: bytes
    entry: Entry
    opened: dict[str, Opening]
    erased: dict[str, Tombstone]
