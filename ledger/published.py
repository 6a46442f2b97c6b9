"""A published log, checked by whoever fetched it: tiles and checkpoint, no entry."""

from __future__ import annotations

from collections.abc import Callable

from ledger.checkpoint import Checkpoint, verify
from ledger.merkle import CompactRange, root
from ledger.signed_note import VerifierKey
from ledger.tiles import HASH, WIDTH, Tile, tiles_between
from models.errors import EntryAltered

Fetch = Callable[[Tile], bytes | None]
"""Returns what was published as a tile; None if there is nothing."""


# The checklist. Each step below repeats its number.
#   (1) The checkpoint is signed by the ledger's key and names that ledger.
#   (2) Each tile that it needs is there, with as many hashes as it says.
#   (3) Each hash above level 0 is the root of the full tile below it.
#   (4) The tree of all leaves has the root that the checkpoint says.
# What this cannot show: that others were given the same checkpoint.


def verify_published(note: str, key: VerifierKey, fetch: Fetch) -> Checkpoint:
    """Verify the tiles of a checkpoint; the checklist is above.

    Raises:
        EntryAltered: the message names the tile, or what of the checkpoint differs.
    """
    checkpoint = verify(note, key)  # (1)
    tree = CompactRange()
    roots: dict[int, list[bytes]] = {}
    for tile in tiles_between(0, checkpoint.size):
        hashes = hashes_of(tile, fetch)  # (2)
        if tile.level == 0:
            tree.extend(hashes)
        else:
            _check_above(tile, hashes, roots[tile.level - 1])  # (3)
        if tile.width == WIDTH:
            roots.setdefault(tile.level, []).append(root(hashes))
    if tree.root() != checkpoint.root:  # (4)
        raise EntryAltered(
            f"the tiles have another root than the checkpoint of `{checkpoint.size}`"
            " entries"
        )
    return checkpoint


def hashes_of(tile: Tile, fetch: Fetch) -> list[bytes]:
    """Return the hashes of a tile.

    Raises:
        EntryAltered: it is not there, or of another width.
    """
    held = fetch(tile)
    if held is None:
        raise EntryAltered(f"`{tile.path}` is missing")
    if len(held) != tile.width * HASH:
        raise EntryAltered(f"`{tile.path}` does not hold `{tile.width}` hashes")
    return [held[at : at + HASH] for at in range(0, len(held), HASH)]


def _check_above(tile: Tile, hashes: list[bytes], below: list[bytes]) -> None:
    first = tile.number * WIDTH
    if hashes != below[first : first + tile.width]:
        raise EntryAltered(f"`{tile.path}` is not what the tiles below it hash to")
