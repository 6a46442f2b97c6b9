"""Officers behind entries: what is stored of each must be what the entry commits to.

An officer's id lies beside the ledger with the salt of the commitment. Both may be
destroyed, and then the entry names nobody; neither may say anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from ledger.canonical import decode
from ledger.verify import StoredEntry
from models.errors import EntryAltered

PEOPLE = ("officer", "on_behalf_of", "named")
"""The fields of an entry that are commitments to an officer."""

BATCH = 500


class Committed(NamedTuple):
    """What an entry says of an officer in one of its fields, in hex."""

    seq: int
    leaf: bytes
    field: str
    commitment: str


class Named(NamedTuple):
    """How many commitments can still be opened, and how many are erased."""

    opened: int
    erased: int


Recompute = Callable[[Sequence[bytes]], Mapping[tuple[bytes, str], str]]
"""Returns the commitments that are stored of leaves, by leaf and field."""


def committed_officers(entries: Iterable[StoredEntry]) -> Iterator[Committed]:
    """Yield what entries commit to, in order; those of a clock name nobody."""
    for entry in entries:
        said = decode(entry.body)
        if not isinstance(said, dict):
            continue
        for field in PEOPLE:
            if commitment := str(said.get(field, "")):
                yield Committed(entry.seq, entry.leaf, field, commitment)


def verify_officers(committed: Iterable[Committed], recompute: Recompute) -> Named:
    """Check that each officer who is stored is the one that the entry commits to.

    Raises:
        EntryAltered: the message names the entry and the field.
    """
    opened, erased, stream = 0, 0, iter(committed)
    while batch := list(islice(stream, BATCH)):
        stored = recompute([each.leaf for each in batch])
        for each in batch:
            found = stored.get((each.leaf, each.field))
            if found not in (None, each.commitment):
                raise EntryAltered(
                    f"`{each.field}` of entry `{each.seq}` is stored as somebody else"
                )
            opened += found is not None
            erased += found is None
    return Named(opened, erased)
