"""To whom which item was released: an index that must say exactly what the entries say.

An entry of a page holds a salted commitment to what the page showed; page and salt lie
beside the ledger. The index of items and entries is derived from both: a row that no
entry or page bears out, or one that is missing, is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from ledger.canonical import JsonValue, decode
from ledger.verify import StoredEntry
from models.errors import EntryAltered

BATCH = 500
_OPENED = "item.released"
_SIGNS = (b'"shown"', b'"item.released"')


class Sight(NamedTuple):
    """An entry that says that somebody saw something. `seq` is -1 before ordering."""

    seq: int
    leaf: bytes
    entry: UUID
    kind: str
    agency: str
    function: str
    officer: str
    opened: frozenset[UUID]
    page: str


class Index(NamedTuple):
    """A row of the index; `officer` as the entry has it, None if its salt is gone."""

    item: UUID
    agency: str
    function: str
    kind: str
    officer: str | None


class StoredSight(NamedTuple):
    """What lies beside the ledger for an entry: the page, and rows of the index.

    `erased`: it names its officer no more, and so neither page nor rows may be there.
    """

    page: str
    shown: frozenset[UUID]
    rows: frozenset[Index]
    erased: bool = False


Recompute = Callable[[Mapping[UUID, bytes]], Mapping[UUID, StoredSight]]
"""Returns what is stored of entries, which are given with their leaves."""


def sights(entries: Iterable[StoredEntry]) -> Iterator[Sight]:
    """Yield the entries that say that somebody saw something."""
    for entry in entries:
        if any(sign in entry.body for sign in _SIGNS):
            found = _sight(entry, decode(entry.body))
            if found is not None:
                yield found


def verify_sights(seen: Iterable[Sight], recompute: Recompute) -> int:
    """Check pages and index against the entries; return how many rows the index needs.

    Raises:
        EntryAltered: a page is gone or differs, or the index says something else.
    """
    rows, stream = 0, iter(seen)
    while batch := list(islice(stream, BATCH)):
        stored = recompute({each.entry: each.leaf for each in batch})
        rows += sum(_check(each, stored[each.entry]) for each in batch)
    return rows


def _check(said: Sight, stored: StoredSight) -> int:
    if stored.erased and not (stored.page or stored.rows):
        return 0
    if stored.page != said.page:
        gone = "is not stored any more" if not stored.page else "was altered"
        raise EntryAltered(f"what {_place(said)} showed {gone}")
    items = stored.shown if said.page else said.opened
    if {row.item for row in stored.rows} != items or not all(
        _agrees(said, row) for row in stored.rows
    ):
        raise EntryAltered(
            f"the index of releases differs from {_place(said)}",
            help="derive it anew from the entries and pages",
        )
    return len(items)


def _agrees(said: Sight, row: Index) -> bool:
    same = (row.agency, row.function, row.kind) == (
        said.agency,
        said.function,
        said.kind,
    )
    return same and row.officer in (None, said.officer)


def _place(said: Sight) -> str:
    return f"entry `{said.seq}`" if said.seq >= 0 else f"staged entry `{said.entry}`"


def _sight(stored: StoredEntry, entry: JsonValue) -> Sight | None:
    if not isinstance(entry, dict):
        return None
    page, items = str(entry.get("shown", "")), entry.get("items", [])
    opens = entry.get("kind") == _OPENED and isinstance(items, list)
    if not page and not opens:
        return None
    named = items if opens and isinstance(items, list) else []
    return Sight(
        seq=stored.seq,
        leaf=stored.leaf,
        entry=UUID(str(entry["id"])),
        kind=str(entry["kind"]),
        agency=str(entry["agency"]),
        function=str(entry.get("function", "")),
        officer=str(entry.get("officer", "")),
        opened=frozenset(UUID(str(each)) for each in named),
        page=page,
    )
