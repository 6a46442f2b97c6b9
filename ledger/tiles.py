"""Tiles: the stored form of the tree, as C2SP tlog-tiles publishes it.

A tile is up to 256 hashes of one level. Those of level 0 are leaves; each hash of a
level above is the root of a full tile below. All else is computed from these, so a
tree that keeps them answers for every proof.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ledger.merkle import Completed, root
from ledger.proofs import Subtree, Tree
from models.errors import EntryAltered, InvalidInput

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = 32
"""Bytes of a hash."""

_PATH = re.compile(r"tile/(0|[1-9]\d?)/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")


class Run(NamedTuple):
    """Neighbouring hashes of one level of tiles: `length` from number `first` on."""

    level: int
    first: int
    length: int


Read = Callable[[Sequence[Run]], Sequence[Sequence[bytes]]]
"""Returns the stored hashes of each run; fewer than asked for where there are none."""


class Tile(NamedTuple):
    """Place and width of a tile: hashes from `number * 256` on, full at 256."""

    level: int
    number: int
    width: int

    @property
    def run(self) -> Run:
        """The hashes in it."""
        return Run(self.level, self.number * WIDTH, self.width)

    @property
    def above(self) -> Run:
        """Its own hash, one level up, once it is full."""
        return Run(self.level + 1, self.number, 1)

    @property
    def path(self) -> str:
        """Where it is published, such as `tile/0/x001/x234/067.p/112`."""
        digits = f"{self.number:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        place = "/".join([*(f"x{each}" for each in groups[:-1]), groups[-1]])
        part = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{self.level}/{place}{part}"

    @classmethod
    def at(cls, path: str) -> Tile:
        """Read a path; it must be the one spelling that `path` gives.

        Raises:
            InvalidInput: it is no path of a tile.
        """
        if found := _PATH.fullmatch(path):
            number = int(found[2].replace("x", "").replace("/", ""))
            tile = cls(int(found[1]), number, int(found[3] or WIDTH))
            if tile.path == path and tile.level < 64:
                return tile
        raise InvalidInput(f"`{path}` is no path of a tile")


def tiles_between(old: int, new: int) -> Iterator[Tile]:
    """Yield the tiles of a tree of `new` leaves that one of `old` did not have.

    Lower levels come first, and full tiles before the partial one of their level.
    """
    level = 0
    while new:
        full, rest = divmod(new, WIDTH)
        yield from (Tile(level, number, WIDTH) for number in range(old // WIDTH, full))
        if rest and new != old:
            yield Tile(level, full, rest)
        level, old, new = level + 1, old // WIDTH, new // WIDTH


def tree_over(read: Read) -> Tree:
    """Return the tree whose tiles `read` finds.

    Asked for a subtree that is not there, it raises `EntryAltered`.
    """

    def tree(subtrees: Sequence[Subtree]) -> Sequence[bytes]:
        runs = [_run_below(each) for each in subtrees]
        return [
            _joined(run, hashes) for run, hashes in zip(runs, read(runs), strict=True)
        ]

    return tree


def tile_hashes(completed: Iterable[Completed]) -> Iterator[tuple[int, int, bytes]]:
    """Yield (level, number, hash) of what an extended tree adds above level 0."""
    for filled in completed:
        if filled.level % HEIGHT == 0:
            for number, each in enumerate(filled.hashes, filled.first):
                yield filled.level // HEIGHT, number, each


def _run_below(subtree: Subtree) -> Run:
    """Return the hashes of a tile that make up a perfect subtree."""
    above = subtree.level % HEIGHT
    return Run(subtree.level // HEIGHT, subtree.place << above, 1 << above)


def _joined(run: Run, hashes: Sequence[bytes]) -> bytes:
    if len(hashes) != run.length:
        raise EntryAltered(
            f"level `{run.level}` of the tree lacks hashes from `{run.first}` on"
        )
    return root(hashes)
