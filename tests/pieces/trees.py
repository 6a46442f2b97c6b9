"""Trees in memory, for tests that have leaves and no database."""

from collections.abc import Sequence
from functools import partial

from ledger.merkle import CompactRange, root
from ledger.proofs import Subtree, Tree
from ledger.tiles import Read, Run, tile_hashes


def tree_of(leaves: Sequence[bytes]) -> Tree:
    """Return a tree that hashes its leaves anew whenever it is asked."""
    return partial(_hashes, leaves)


def _hashes(leaves: Sequence[bytes], subtrees: Sequence[Subtree]) -> list[bytes]:
    found = []
    for level, place in subtrees:
        under = leaves[place << level : (place + 1) << level]
        assert len(under) == 1 << level, "the tree has not as many leaves"
        found.append(root(under))
    return found


def tiles_of(leaves: Sequence[bytes]) -> Read:
    """Return what the integrator would have stored of a tree."""
    stored = {(0, place): leaf for place, leaf in enumerate(leaves)}
    filled = CompactRange().extend(leaves)
    stored |= {(level, place): each for level, place, each in tile_hashes(filled)}

    def read(runs: Sequence[Run]) -> list[list[bytes]]:
        return [
            [
                stored[level, place]
                for place in range(first, first + count)
                if (level, place) in stored
            ]
            for level, first, count in runs
        ]

    return read
