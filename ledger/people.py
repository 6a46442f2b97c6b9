"""What entries commit to: what is stored of it must be what was committed to.

An officer's id lies beside the ledger with the salt of the commitment, and so does the
seal of an item. Both may be erased, if an entry says so, and then the entry names
nobody; neither may say anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from ledger.canonical import JsonValue, decode
from ledger.erased import ERASED, Part, subject
from ledger.verify import StoredEntry
from models.errors import EntryAltered

PEOPLE = ("officer", "on_behalf_of", "named")
"""The fields of an entry that are commitments to an officer."""

BATCH = 500


class Committed(NamedTuple):
    """What entry number `seq` says of an officer or an item, in hex."""

    seq: int
    part: Part
    commitment: str


class Named(NamedTuple):
    """How many commitments to officers can be opened, and how many are erased.

    `subjects` are those to material about data subjects.
    """

    opened: int = 0
    erased: int = 0
    subjects: int = 0
    subjects_erased: int = 0


Recompute = Callable[[Sequence[bytes]], Mapping[Part, str]]
"""Returns the commitments that are stored of leaves; `ERASED` where a tombstone is."""


def committed_parts(entries: Iterable[StoredEntry]) -> Iterator[Committed]:
    """Yield what entries commit to, in order; those of a clock name nobody."""
    for entry in entries:
        said = decode(entry.body)
        if isinstance(said, dict):
            for name, commitment in commitments(said):
                yield Committed(entry.seq, Part(entry.leaf, name), commitment)


def commitments(entry: dict[str, JsonValue]) -> Iterator[tuple[str, str]]:
    """Yield the commitments of an entry to officers and items, by their name."""
    for field in PEOPLE:
        if commitment := str(entry.get(field, "")):
            yield field, commitment
    about = entry.get("subjects")
    for item, bound in about.items() if isinstance(about, dict) else ():
        yield subject(item), str(bound)


def verify_parts(committed: Iterable[Committed], recompute: Recompute) -> Named:
    """Check that what is stored is what entries commit to, or is erased.

    Raises:
        EntryAltered: the message names the entry and the field.
    """
    officers, subjects, stream = [0, 0], [0, 0], iter(committed)
    while batch := list(islice(stream, BATCH)):
        stored = recompute([each.part.leaf for each in batch])
        for each in batch:
            erased = _is_erased(each, stored.get(each.part))
            (officers if each.part.name in PEOPLE else subjects)[erased] += 1
    return Named(*officers, *subjects)


def _is_erased(said: Committed, found: str | None) -> bool:
    what = f"`{said.part.name}` of entry `{said.seq}`"
    if found is None:
        raise EntryAltered(
            f"{what} is not stored any more", help="and no entry says it was erased"
        )
    if found not in (ERASED, said.commitment):
        raise EntryAltered(f"{what} is stored as somebody else")
    return found == ERASED
