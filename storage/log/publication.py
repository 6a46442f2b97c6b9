"""A directory with a published log: hash tiles and the latest checkpoint.

Every file is written whole or not at all, and the checkpoint after all that it needs;
so whoever reads, and whatever is interrupted, finds a log that holds together. What an
interrupted publication left is written again by the next.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ledger.checkpoint import Checkpoint, verify
from ledger.merkle import root
from ledger.proofs import Tree, root_at
from ledger.signed_note import VerifierKey
from ledger.tiles import WIDTH, Read, Tile, tiles_between, tree_over
from models.errors import Conflict, EntryAltered, NotConfigured

CHECKPOINT = "checkpoint"
_UNFINISHED = ".unfinished"


class Published(NamedTuple):
    """What a publication did: sizes before and now, and how many tiles it wrote."""

    before: int
    now: int
    tiles: int


# The checklist. Each step below repeats its number.
#   (1) Nobody else is publishing here.
#   (2) The new checkpoint, and the one that lies here, are signed by the ledger's key.
#   (3) The log is not smaller than what was published.
#   (4) The tree that was published is the beginning of the log's tree.
#   (5) The log's tree has the root that the new checkpoint says.
#   (6) Every new hash above level 0 is the root of the full tile below it.
#   (7) All tiles are on the disk before the checkpoint that needs them.


def publish(place: Path, note: str, key: VerifierKey, read: Read) -> Published:
    """Bring a directory up to a checkpoint, whose tiles `read` finds.

    Raises:
        EntryAltered: what is here and the log contradict each other, or the log itself.
        Conflict: another process is publishing here.
        NotConfigured: the directory cannot be written.
    """
    checkpoint, tree = verify(note, key), tree_over(read)  # (2)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with _alone(place):  # (1)
            before = _published(place, key)
            if before:
                _check_continues(before, checkpoint, tree)
            if root_at(checkpoint.size, tree) != checkpoint.root:  # (5)
                raise EntryAltered("the stored tree has another root than checkpoint")
            size = before.size if before else 0
            written = _write_tiles(place, read, tiles_between(size, checkpoint.size))
            _write(place, CHECKPOINT, note.encode())  # (7)
    except OSError as error:
        raise NotConfigured(
            f"nothing can be published in `{place}`: {error.strerror}",
            help="name a directory that this account may write",
        ) from error
    return Published(size, checkpoint.size, written)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    directory = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(directory, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Conflict(f"another process is publishing in `{place}`") from None
    finally:
        os.close(directory)


def _published(place: Path, key: VerifierKey) -> Checkpoint | None:
    path = place / CHECKPOINT
    return verify(path.read_text("utf-8", "replace"), key) if path.exists() else None


def _check_continues(before: Checkpoint, now: Checkpoint, tree: Tree) -> None:
    if now.size < before.size:  # (3)
        raise EntryAltered(
            f"the ledger has `{now.size}` entries, and `{before.size}` were published",
            help="it was rewound: keep what was published, it is evidence",
        )
    if root_at(before.size, tree) != before.root:  # (4)
        raise EntryAltered(
            f"the ledger's first `{before.size}` entries are not the published ones",
            help="it was rewritten: keep what was published, it is evidence",
        )


def _write_tiles(place: Path, read: Read, tiles: Iterator[Tile]) -> int:
    written = 0
    for tile in tiles:
        (hashes,) = read([tile.run])
        if len(hashes) != tile.width:
            raise EntryAltered(f"the ledger lacks hashes of `{tile.path}`")
        if tile.width == WIDTH:  # (6)
            _check_above(tile, root(hashes), read)
        _write(place, tile.path, b"".join(hashes))
        written += 1
    return written


def _check_above(tile: Tile, found: bytes, read: Read) -> None:
    (above,) = read([tile.above])
    if above != [found]:
        raise EntryAltered(f"the hash of full tile `{tile.path}` is not stored as such")


def _write(place: Path, name: str, content: bytes) -> None:
    """Put a file in place as a whole, and on the disk with every directory above."""
    path = place / name
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + _UNFINISHED)
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    for above in path.relative_to(place).parents:
        directory = os.open(place / above, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
