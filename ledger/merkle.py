"""The Merkle tree of RFC 6962 section 2.1: hashes, and a tree that grows in batches.

A *leaf* here is always a leaf hash (32 bytes), never an entry. Leaves count from 0.
Proofs are in `proofs.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from models.errors import InvalidInput

EMPTY_ROOT = sha256(b"").digest()
"""Root of the tree without leaves."""


class Completed(NamedTuple):
    """Perfect subtrees of one level that an extension filled, left to right.

    The first covers 2**level leaves from number first * 2**level.
    """

    level: int
    first: int
    hashes: list[bytes]


def leaf_hash(body: bytes) -> bytes:
    """Return SHA-256 of 0x00 and the entry's bytes."""
    return sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256 of 0x01 and both children."""
    return sha256(b"\x01" + left + right).digest()


class CompactRange:
    """The right edge of a growing tree: at most 64 hashes, whatever its size."""

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        """Resume from a stored state, as `size` and `hashes` gave it.

        Raises:
            InvalidInput: `hashes` are not as many as `size` has perfect subtrees.
        """
        if size < 0 or len(hashes) != size.bit_count():
            raise InvalidInput(f"`{len(hashes)}` hashes cannot stand for size `{size}`")
        levels = [level for level in range(size.bit_length()) if size >> level & 1]
        self._size = size
        self._pending = dict(zip(reversed(levels), hashes, strict=True))

    @property
    def size(self) -> int:
        """Number of leaves so far."""
        return self._size

    @property
    def hashes(self) -> list[bytes]:
        """Perfect subtrees, largest (leftmost) first. State is this and `size`."""
        return [self._pending[level] for level in sorted(self._pending, reverse=True)]

    def append(self, leaf: bytes) -> list[Completed]:
        """Add one leaf; see `extend`."""
        return self.extend([leaf])

    def extend(self, leaves: Iterable[bytes]) -> list[Completed]:
        """Add leaves in order and return the perfect subtrees above them now full.

        The result leaves out level 0, the leaves themselves.
        """
        nodes, level, filled = list(leaves), 0, []
        before, self._size = self._size, self._size + len(nodes)
        while nodes:
            if level in self._pending:
                nodes.insert(0, self._pending.pop(level))
            if len(nodes) % 2:
                self._pending[level] = nodes.pop()
            pairs = zip(nodes[::2], nodes[1::2], strict=True)
            # Written out, not through node_hash: the call would cost a third.
            nodes = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
            level += 1
            if nodes:
                filled.append(Completed(level, before >> level, nodes[:]))
        return filled

    def root(self) -> bytes:
        """Return the Merkle tree hash of all leaves so far."""
        return fold(self.hashes)


def fold(hashes: Sequence[bytes]) -> bytes:
    """Join perfect subtrees, left to right and shrinking, into one hash."""
    if not hashes:
        return EMPTY_ROOT
    joined = hashes[-1]
    for left in reversed(hashes[:-1]):
        joined = node_hash(left, joined)
    return joined


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the Merkle tree hash of `leaves`."""
    tree = CompactRange()
    tree.extend(leaves)
    return tree.root()
