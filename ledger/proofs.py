"""Inclusion and consistency proofs of RFC 6962: made from a tree, checked by a root.

A proof is named first as *ranges of leaves*. Each range is a run of perfect subtrees
(`range_subtrees`), so a stored tree that finds those (`tiles.py`) is asked for a few
dozen hashes, whatever its size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ledger.merkle import fold, node_hash
from models.errors import EntryAltered, InvalidInput

Range = tuple[int, int]
"""Leaves from the first number up to, but not including, the second."""


class Subtree(NamedTuple):
    """Place of a perfect subtree: 2**level leaves from number place * 2**level."""

    level: int
    place: int


_HASH = 32

Tree = Callable[[Sequence[Subtree]], Sequence[bytes]]
"""A stored tree: returns the hashes of perfect subtrees, in the order asked."""


def root_at(size: int, tree: Tree) -> bytes:
    """Return the root that the tree had when it held `size` leaves."""
    return fold(tree(range_subtrees((0, size))))


def inclusion_proof(index: int, size: int, tree: Tree) -> list[bytes]:
    """Return the audit path of leaf `index` in the tree of the first `size` leaves.

    Raises:
        InvalidInput: there is no leaf `index` in a tree of `size`.
    """
    return _hashes(inclusion_ranges(index, size), tree)


def consistency_proof(old: int, new: int, tree: Tree) -> list[bytes]:
    """Return the proof that the tree of `new` leaves continues that of `old`.

    Raises:
        InvalidInput: `old` is not between 1 and `new`.
    """
    return _hashes(consistency_ranges(old, new), tree)


def verify_inclusion(
    leaf: bytes, index: int, *, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that `leaf` is number `index` in the tree of `size` with `root`.

    RFC 9162 section 2.1.3.2, which spells out what RFC 6962 left to the reader.

    Raises:
        EntryAltered: it is not, or the proof does not show it.
    """
    if not 0 <= index < size:
        raise EntryAltered(f"no entry `{index}` in a tree of `{size}`")
    if len(leaf) != _HASH:  # a tree of one entry joins nothing that would show it
        raise EntryAltered(f"a leaf has `{_HASH}` bytes, not `{len(leaf)}`")
    position, last, joined = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise EntryAltered(f"inclusion proof of entry `{index}` is too long")
        if position & 1 or position == last:
            joined = node_hash(sibling, joined)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            joined = node_hash(joined, sibling)
        position, last = position >> 1, last >> 1
    if last or joined != root:
        raise EntryAltered(f"entry `{index}` is not in the tree of size `{size}`")


def verify_consistency(
    old: int, new: int, *, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree of `new` leaves begins with the very tree of `old` leaves.

    RFC 9162 section 2.1.4.2. Nothing is proved about a tree without leaves: every tree
    begins with it, and none can be told from another by it.

    Raises:
        EntryAltered: history was rewritten, or the proof does not show it.
    """
    if old == 0:
        raise EntryAltered("no proof leads from a tree without entries")
    if not 0 < old <= new:
        raise EntryAltered(f"tree shrank from size `{old}` to size `{new}`")
    if old == new:
        if proof or old_root != new_root:
            raise EntryAltered(f"trees of size `{old}` differ, or proof is not empty")
        return
    hashes = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if _join_both(old, new, hashes) != (old_root, new_root):
        raise EntryAltered(f"tree of size `{new}` does not continue that of `{old}`")


def _join_both(old: int, new: int, hashes: list[bytes]) -> tuple[bytes, bytes] | None:
    """Rebuild both roots from a consistency proof; None if its length is wrong."""
    if not hashes:
        return None
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    joined_old = joined_new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            joined_old = node_hash(sibling, joined_old)
            joined_new = node_hash(sibling, joined_new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            joined_new = node_hash(joined_new, sibling)
        position, last = position >> 1, last >> 1
    return None if last else (joined_old, joined_new)


def range_subtrees(leaves: Range) -> list[Subtree]:
    """Return the perfect subtrees whose `fold` is the hash of a range from a proof."""
    start, end = leaves
    subtrees = []
    while start < end:
        level = (end - start).bit_length() - 1
        subtrees.append(Subtree(level, start >> level))
        start += 1 << level
    return subtrees


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Return the range behind each hash of an inclusion proof, leaf upwards.

    Raises:
        InvalidInput: there is no leaf `index` in a tree of `size`.
    """
    if not 0 <= index < size:
        raise InvalidInput(f"no leaf `{index}` in a tree of `{size}`")
    start, end, ranges = 0, size, []
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            ranges.append((split, end))
            end = split
        else:
            ranges.append((start, split))
            start = split
    return ranges[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """Return the range behind each hash of a consistency proof, in its order.

    Raises:
        InvalidInput: `old` is not between 1 and `new`.
    """
    if not 0 < old <= new:
        raise InvalidInput(f"no proof leads from size `{old}` to size `{new}`")
    start, end, ranges = 0, new, []
    while old < end:
        split = start + _split(end - start)
        if old <= split:
            ranges.append((split, end))
            end = split
        else:
            ranges.append((start, split))
            start = split
    # The verifier knows the old root; it needs the last range only when the old
    # tree is not, as a whole, one subtree of the new one.
    if start > 0:
        ranges.append((start, end))
    return ranges[::-1]


def _split(width: int) -> int:
    """Return the largest power of two below `width`."""
    return 1 << (width - 1).bit_length() - 1


def _hashes(ranges: Sequence[Range], tree: Tree) -> list[bytes]:
    """Return the hash of each range; the tree is asked once for all of them."""
    runs = [range_subtrees(each) for each in ranges]
    found = iter(tree([subtree for run in runs for subtree in run]))
    return [fold([next(found) for _ in run]) for run in runs]
