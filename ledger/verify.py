"""Offline verification of a ledger: entries and checkpoints in, one finding out.

Needs no database and no network. Reads everything once, in order, and keeps one
batch of leaf hashes and the right edge of the tree in memory, however long the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import NamedTuple, NoReturn

from ledger.checkpoint import Checkpoint, verify
from ledger.merkle import EMPTY_ROOT, CompactRange, Completed
from ledger.signed_note import VerifierKey
from models.errors import EntryAltered

BATCH = 4096
"""Entries hashed at once: large enough to be fast, small enough to forget."""


class StoredEntry(NamedTuple):
    """One line of the ledger as stored: `seq` counts from 0 and is the leaf's index."""

    seq: int
    body: bytes
    leaf: bytes


Filled = Callable[[Sequence[Completed]], None]
"""Is told which perfect subtrees above the leaves the entries filled, in order."""


@dataclass(frozen=True)
class Verification:
    """What held: `size` and `root` are those of the latest checkpoint.

    `entries` beyond `size` are well formed, but no checkpoint covers them yet.
    Without any checkpoint, size is 0 and root that of the empty tree.
    """

    size: int
    root: bytes
    entries: int
    checkpoints: int


class _Stream(NamedTuple):
    """What is read, and who is told what it filled."""

    entries: Iterator[StoredEntry]
    filled: Filled


# The checklist. Each step below repeats its number.
#   (1) Entries count from 0 without gap or repetition.
#   (2) Each stored leaf hash is that of the entry's bytes.
#   (3) Each checkpoint is signed by the ledger's key and names that ledger.
#   (4) Checkpoints come with sizes that never shrink.
#   (5) At each checkpoint's size, the root recomputed from the entries is its root.
#   (6) The latest checkpoint covers no more entries than there are; it may trail.
# What this cannot show, and the caller still owes: that the checkpoints are the ones
# witnesses saw (a rewritten ledger can be signed anew), and what the entries say.


def verify_entries(
    entries: Iterable[StoredEntry],
    checkpoints: Iterable[str],
    key: VerifierKey,
    filled: Filled = lambda _: None,
) -> Verification:
    """Verify a whole ledger from its first entry; the checklist is above.

    Args:
        entries: all entries in order, from number 0.
        checkpoints: signed notes, oldest first; any selection that includes the latest.
        key: the ledger's public key, obtained elsewhere than from the ledger.
        filled: may compare the recomputed tree with a stored one.

    Raises:
        EntryAltered: the message names the entry or checkpoint, and what differs.
    """
    tree, stream = CompactRange(), _Stream(iter(entries), filled)
    latest, checked = Checkpoint(key.name, 0, EMPTY_ROOT), 0
    for note in checkpoints:
        latest = _next_checkpoint(note, checked, latest, key)
        _read_until(tree, stream, latest.size)
        _check_root(tree, latest, checked)
        checked += 1
    _read_until(tree, stream, None)
    return Verification(latest.size, latest.root, tree.size, checked)


def _next_checkpoint(
    note: str, number: int, before: Checkpoint, key: VerifierKey
) -> Checkpoint:
    """Steps 3 and 4: an authentic checkpoint, not older than the one before."""
    try:
        checkpoint = verify(note, key)  # (3)
    except EntryAltered as error:
        raise EntryAltered(f"checkpoint `{number}`: {error.message}") from error
    if checkpoint.size < before.size:  # (4)
        raise EntryAltered(
            f"checkpoint `{number}` shrinks from size `{before.size}`"
            f" to `{checkpoint.size}`",
            help="give checkpoints oldest first",
        )
    return checkpoint


def _read_until(tree: CompactRange, stream: _Stream, size: int | None) -> None:
    """Steps 1 and 2, for entries up to `size` or, if None, to the end."""
    while size is None or tree.size < size:
        wanted = BATCH if size is None else min(BATCH, size - tree.size)
        batch = list(islice(stream.entries, wanted))
        if not batch:
            return
        stream.filled(tree.extend(_leaves(batch, tree.size)))


def _leaves(batch: list[StoredEntry], first: int) -> list[bytes]:
    """Return the recomputed leaves of entries from number `first` on, if all hold."""
    leaves = [sha256(b"\x00" + entry.body).digest() for entry in batch]
    # Compared as wholes, at the speed of C; only what differs is looked at closely.
    places = list(range(first, first + len(batch)))
    held = [entry.leaf for entry in batch]
    if held != leaves or [entry.seq for entry in batch] != places:
        _name_first_fault(batch, leaves, first)
    return leaves


def _name_first_fault(
    batch: list[StoredEntry], leaves: list[bytes], first: int
) -> NoReturn:
    """Raise for the first entry of a batch that is out of place or altered."""
    for expected, (entry, leaf) in enumerate(zip(batch, leaves, strict=True), first):
        if entry.seq != expected:  # (1)
            raise EntryAltered(f"entry `{expected}` is missing: found `{entry.seq}`")
        if entry.leaf != leaf:  # (2)
            raise EntryAltered(
                f"entry `{expected}` was altered: its bytes hash to `{leaf.hex()}`,"
                f" stored is `{entry.leaf.hex()}`"
            )
    raise AssertionError("a batch that differs has an entry that differs")


def _check_root(tree: CompactRange, checkpoint: Checkpoint, number: int) -> None:
    """Steps 5 and 6, for one checkpoint."""
    if tree.size < checkpoint.size:  # (6)
        raise EntryAltered(
            f"checkpoint `{number}` covers `{checkpoint.size}` entries,"
            f" only `{tree.size}` are there"
        )
    found = tree.root()
    if found != checkpoint.root:  # (5)
        raise EntryAltered(
            f"checkpoint `{number}` of size `{checkpoint.size}` has root"
            f" `{checkpoint.root.hex()}`, its entries have `{found.hex()}`"
        )
