"""Inclusion and consistency proofs of RFC 6962: made from leaves, checked by a root.

A proof is named first as *ranges of leaves*. Each range is a run of perfect subtrees
(`range_subtrees`), so a store that keeps those, as `CompactRange.extend` hands them
out, fetches a few dozen hashes and folds them, whatever the size of the tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ledger.merkle import node_hash, root
from models.errors import EntryAltered, InvalidInput

Range = tuple[int, int]
"""Leaves from the first number up to, but not including, the second."""


class Subtree(NamedTuple):
    """Place of a perfect subtree: 2**level leaves from number place * 2**level."""

    level: int
    place: int


def inclusion_proof(index: int, size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the audit path of leaf `index` in the tree of the first `size` leaves."""
    _check_held(size, leaves)
    return [root(leaves[start:end]) for start, end in inclusion_ranges(index, size)]


def consistency_proof(old: int, new: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the proof that the tree of `new` leaves continues that of `old`."""
    _check_held(new, leaves)
    return [root(leaves[start:end]) for start, end in consistency_ranges(old, new)]


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

    RFC 9162 section 2.1.4.2. Size 0 is the beginning of every tree.

    Raises:
        EntryAltered: history was rewritten, or the proof does not show it.
    """
    if not 0 <= old <= new:
        raise EntryAltered(f"tree shrank from size `{old}` to size `{new}`")
    if old in (0, new):
        if proof or (old == new and old_root != new_root):
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


def _check_held(size: int, leaves: Sequence[bytes]) -> None:
    """Refuse a proof for a tree larger than the leaves at hand."""
    if size > len(leaves):
        raise InvalidInput(f"`{len(leaves)}` leaves do not make a tree of `{size}`")
