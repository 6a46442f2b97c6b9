"""Parts of entries that were erased, and the entry that says so.

What stands behind a commitment is a *part* of its entry. Whoever erases parts writes an
entry with the Merkle root over all of them, so that a part is gone because an entry
says so, or because somebody took it away. [The format](../docs/formats/erasure.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from ledger.canonical import JsonValue, decode
from ledger.merkle import leaf_hash, node_hash, root
from ledger.proofs import Subtree, Tree
from ledger.verify import StoredEntry
from models.errors import EntryAltered

PAGE = "page"
KINDS = ("officers", "subjects", "rulings", "pages")
"""Of what an erasure says how many it took, by the names of its fields."""

_SIGN = b'"erased"'
ERASED = ""
"""What is recomputed of a part in whose place a tombstone stands."""


class Part(NamedTuple):
    """One part: the leaf of its entry, and its name there.

    A name is the field of an officer, `subject ITEM`, `ruling ID` or `page`.
    """

    leaf: bytes
    name: str

    @property
    def hash(self) -> bytes:
        """The leaf of this part in the tree of an erasure."""
        return leaf_hash(self.leaf + self.name.encode())


def subject(item: object) -> str:
    """Return the name of the commitment to an item."""
    return f"subject {item}"


def ruling(identifier: object) -> str:
    """Return the name of a ruling that an entry cites."""
    return f"ruling {identifier}"


def root_of(parts: Sequence[Part]) -> str:
    """Return the Merkle root over parts, hex; they are ordered by leaf and name."""
    return root(part.hash for part in sorted(parts)).hex()


def tree_of(parts: Sequence[Part]) -> Tree:
    """Return the tree over parts, to make proofs from."""
    levels = [[part.hash for part in sorted(parts)]]
    while len(levels[-1]) > 1:
        under = levels[-1]
        pairs = zip(under[::2], under[1::2], strict=False)  # perfect subtrees only
        levels.append([node_hash(left, right) for left, right in pairs])

    def tree(subtrees: Sequence[Subtree]) -> list[bytes]:
        return [levels[level][place] for level, place in subtrees]

    return tree


class Claim(NamedTuple):
    """What tombstones say of one erasure: its parts, their places, and its days."""

    parts: Sequence[Part]
    places: Sequence[int]
    days: frozenset[str]


class Erasure(NamedTuple):
    """What the entry of an erasure says: when, how many parts, under which root."""

    day: str
    size: int
    root: str


def erasures(entries: Iterable[StoredEntry]) -> Iterator[tuple[UUID, Erasure]]:
    """Yield what entries erased, by their ids."""
    for stored in entries:
        if _SIGN in stored.body:  # few do, and reading all is slow
            entry = decode(stored.body)
            if isinstance(entry, dict) and (found := erasure_in(entry)):
                yield UUID(str(entry["id"])), found


def erasure_in(entry: dict[str, JsonValue]) -> Erasure | None:
    """Return what an entry erased, if it did."""
    said = entry.get("erased")
    if not isinstance(said, dict):
        return None
    size = sum(each for kind in KINDS if isinstance(each := said.get(kind), int))
    return Erasure(str(entry.get("at"))[:10], size, str(said.get("root")))


def verify_claim(name: object, claim: Claim | None, said: Erasure | None) -> None:
    """Check that tombstones are exactly those that the entry of an erasure covers.

    Raises:
        EntryAltered: no entry says so, or it covers other parts or another day.
    """
    if said is None:
        raise EntryAltered(f"something was erased by `{name}`, which is no erasure")
    if (
        claim is None
        or claim.days != {said.day}
        or sorted(claim.places) != list(range(said.size))
        or [part for _, part in sorted(zip(claim.places, claim.parts, strict=True))]
        != sorted(claim.parts)
        or root_of(claim.parts) != said.root
    ):
        raise EntryAltered(f"what `{name}` erased is not what its entry says")
