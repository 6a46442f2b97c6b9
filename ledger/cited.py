"""Rulings that entries cite: each must be stored as it was when it was given.

A ruling lies beside the ledger, because it names the officer and may be destroyed.
Its entry holds a salted commitment to it; the salt lies with the ruling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from ledger.canonical import JsonValue, decode
from ledger.erased import ERASED
from ledger.verify import StoredEntry
from models.errors import EntryAltered

BATCH = 500
_SIGN = b'"commitment"'


class Cited(NamedTuple):
    """What entry number `seq` says of a ruling: its id, and the commitment in hex."""

    seq: int
    ruling: UUID
    commitment: str


Recompute = Callable[[Sequence[UUID]], Mapping[UUID, str]]
"""Returns the commitments of stored rulings by id; `ERASED` where a tombstone is."""


def cited_rulings(entries: Iterable[StoredEntry]) -> Iterator[Cited]:
    """Yield the rulings that entries commit to, in order; older entries do not."""
    for entry in entries:
        if _SIGN in entry.body:  # most entries cite none, and reading them is slow
            yield from _cited(entry.seq, decode(entry.body))


def verify_rulings(cited: Iterable[Cited], recompute: Recompute) -> int:
    """Check that each cited ruling is stored unaltered, and return how many are.

    Those that were erased are none of them.

    Raises:
        EntryAltered: one is gone or differs; the message names it and its entry.
    """
    checked, stream = 0, iter(cited)
    while batch := list(islice(stream, BATCH)):
        stored = recompute([each.ruling for each in batch])
        for each in batch:
            found = stored.get(each.ruling)
            if found != ERASED:
                _check(each, found)
                checked += 1
    return checked


def _check(cited: Cited, found: str | None) -> None:
    if found is None:
        raise EntryAltered(
            f"ruling `{cited.ruling}` of entry `{cited.seq}` is not stored any more"
        )
    if found != cited.commitment:
        raise EntryAltered(
            f"ruling `{cited.ruling}` was altered after entry `{cited.seq}` was written"
        )


def _cited(seq: int, entry: JsonValue) -> Iterator[Cited]:
    notes = entry.get("rulings") if isinstance(entry, dict) else None
    for note in notes if isinstance(notes, list) else []:
        if isinstance(note, dict) and note.get("commitment"):
            yield Cited(seq, UUID(str(note["id"])), str(note["commitment"]))
