"""A directory with a published log, read back; also tiles of earlier checkpoints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ledger.checkpoint import Checkpoint
from ledger.published import hashes_of, verify_published
from ledger.signed_note import VerifierKey
from ledger.tiles import WIDTH, Tile
from models.errors import EntryAltered, InvalidInput
from storage.log.publication import CHECKPOINT


def check(place: Path, key: VerifierKey) -> tuple[str, Checkpoint]:
    """Verify a directory: its checkpoint, and every tile up to that size.

    Returns the checkpoint as it was published, and what it says.

    Tiles beyond it are what an interrupted publication left, and prove nothing.

    Raises:
        EntryAltered: the message names the tile, or what of the checkpoint differs.
        InvalidInput: there is no checkpoint.
    """
    path = place / CHECKPOINT
    if not path.is_file():
        raise InvalidInput(
            f"`{place}` has no checkpoint", help="name another directory"
        )
    note = path.read_bytes().decode("utf-8", "replace")
    checkpoint = verify_published(note, key, lambda t: _fetch(place, t))
    for tile in _earlier(place, checkpoint.size):
        _check_part(place, tile, checkpoint.size)
    return note, checkpoint


def _fetch(place: Path, tile: Tile) -> bytes | None:
    path = place / tile.path
    return path.read_bytes() if path.is_file() else None


def _earlier(place: Path, size: int) -> Iterator[Tile]:
    """Yield the partial tiles of smaller trees."""
    for path in (place / "tile").rglob("*.p/*"):
        try:
            tile = Tile.at(str(path.relative_to(place)))
        except InvalidInput:  # what was not finished, for instance
            continue
        if tile.number * WIDTH + tile.width <= _width(tile.level, size):
            yield tile


def _check_part(place: Path, part: Tile, size: int) -> None:
    """Check that a partial tile is the beginning of the one that took its place."""
    number = part.number
    width = min(WIDTH, _width(part.level, size) - number * WIDTH)
    whole = hashes_of(Tile(part.level, number, width), lambda t: _fetch(place, t))
    if _fetch(place, part) != b"".join(whole[: part.width]):
        raise EntryAltered(
            f"`{part.path}`, of an earlier checkpoint, is not the beginning of the tile"
            " that took its place"
        )


def _width(level: int, size: int) -> int:
    """Return how many hashes of a level a tree of `size` has."""
    return size >> 8 * level
