"""Receipts: leaves that an agency was handed, each to be found in the log in time.

Whoever acts or reads is handed the leaf of the entry that proves it. The agency's node
keeps it, and asks for the proof that it stands in the tree which its own witness
cosigned: from then on the log cannot lose that entry without contradicting itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

import structlog

from ledger import checkpoint
from ledger.checkpoint import Checkpoint
from ledger.proofs import verify_inclusion
from ledger.signed_note import VerifierKey
from models.errors import EntryAltered
from models.link import (
    MOST,
    AlarmKind,
    Inclusion,
    Inclusions,
    InclusionWanted,
    NodeAlarm,
)

PATIENCE = timedelta(minutes=1)
"""A receipt that is not proven for so long raises an alarm."""

SILENCE = timedelta(minutes=15)
"""No checkpoint to cosign for so long raises one, too: it is offered every five."""

Prove = Callable[[InclusionWanted], Inclusions]
"""Asks coordination for proofs."""

log = structlog.get_logger()


class Kept(NamedTuple):
    """A receipt that is not settled: its number here, the leaf, and since when."""

    number: int
    leaf: bytes
    at: datetime


class Settled(NamedTuple):
    """A receipt by its number here, its leaf, and where in a tree of `size` it is."""

    number: int
    leaf: bytes
    place: int
    size: int


class Book(Protocol):
    """Where a node keeps receipts and alarms; other processes add receipts."""

    def newest(self) -> int:
        """Return the number of the newest receipt that is not settled; 0 if none is."""

    def unsettled(self, after: int, most: int) -> Sequence[Kept]:
        """Return receipts that are not settled, from a number on, oldest first."""

    def settle(self, found: Sequence[Settled], at: datetime) -> None:
        """Keep where receipts stand; an alarm about one of them is over."""

    def overdue(self, before: datetime) -> Sequence[Kept]:
        """Return what was kept before an instant, is not settled, and has no alarm."""

    def secure(self) -> None:
        """Put all that was kept on the disk."""

    def warn(self, alarms: Sequence[NodeAlarm], at: datetime) -> None:
        """Keep alarms, but those that are there already and not over."""

    def end(self, kind: AlarmKind, at: datetime, leaf: bytes = b"") -> None:
        """Note that what an alarm tells of is over; without a leaf, one about none."""

    def untold(self, most: int) -> Sequence[NodeAlarm]:
        """Return alarms that coordination does not know of, or not that they ended."""

    def told(self, alarms: Sequence[NodeAlarm]) -> None:
        """Note that coordination knows of alarms, as they were."""


class Seen(Protocol):
    """What the witness of the same node remembers; see `ledger.witness.Memory`."""

    def read(self) -> str | None:
        """Return the latest checkpoint that it cosigned; at first, nothing."""


class Receipts:
    """Settles the receipts of one node, and raises the alarm about what is missing.

    Time counts only while this runs: whoever was away asks first and judges then.
    """

    def __init__(
        self, ledger: VerifierKey, seen: Seen, book: Book, now: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._seen = seen
        self._book = book
        self._now = now
        self._began = self._heard = now()
        self._asked: tuple[str, int] | None = None
        self._secured = 0

    def waits(self) -> bool:
        """Tell whether there is something to ask for, or to tell."""
        return self._to_ask() is not None or bool(self._book.untold(1))

    # The checklist of docs/formats/receipt.md. Each step below repeats its number.
    #   (1) The checkpoint is the one that this node's own witness cosigned last.
    #   (2) The proof is about a leaf that was asked for.
    #   (3) It shows that leaf at its place in the tree of that checkpoint.
    #   (4) That the receipt is settled is kept.

    def settle(self, prove: Prove) -> None:
        """Ask for what is open, unless all of it was asked for at this size already.

        Raises:
            Unavailable: coordination or the disk does not answer; ask again.
        """
        asking = self._to_ask()
        if asking is None:
            return
        try:
            head = checkpoint.verify(asking[0], self._ledger)  # (1)
        except EntryAltered as error:
            log.error("witness_file_altered", reason=error.message)
            return
        after = 0
        while some := self._book.unsettled(after, MOST):
            self._settle(some, head, prove)
            after = some[-1].number
        self._asked = asking

    def heard(self) -> None:
        """Note that coordination offered a checkpoint that could be cosigned."""
        self._heard = self._now()
        self._book.end(AlarmKind.SILENCE, self._heard)

    def judge(self) -> None:
        """Raise the alarm about receipts without a proof, and about silence.

        Raises:
            Unavailable: the disk does not answer; try again.
        """
        newest = self._book.newest()
        if newest != self._secured:
            self._book.secure()
            self._secured = newest
        now = self._now()
        if newest and now - self._began >= PATIENCE:
            self._miss(self._book.overdue(now - PATIENCE), now)
        if now - self._heard >= SILENCE:
            silence = NodeAlarm(kind=AlarmKind.SILENCE, since=self._heard)
            self._book.warn([silence], now)

    def untold(self) -> Sequence[NodeAlarm]:
        """Return what coordination is to be told."""
        return self._book.untold(MOST)

    def told(self, alarms: Sequence[NodeAlarm]) -> None:
        """Note that coordination was told."""
        self._book.told(alarms)

    def _to_ask(self) -> tuple[str, int] | None:
        """Return the checkpoint to ask at and the newest receipt, if that is new."""
        newest = self._book.newest()
        if not newest:
            return None
        note = self._seen.read()
        if note is None or (note, newest) == self._asked:
            return None
        return note, newest

    def _settle(self, some: Sequence[Kept], head: Checkpoint, prove: Prove) -> None:
        leaves = dict.fromkeys(each.leaf for each in some)
        answer = prove(InclusionWanted(size=head.size, leaves=tuple(leaves)))
        places = {each.leaf: each.place for each in answer.found if _holds(each, head)}
        found = [
            Settled(each.number, each.leaf, places[each.leaf], head.size)
            for each in some
            if each.leaf in places  # (2)
        ]
        self._book.settle(found, self._now())  # (4)

    def _miss(self, missing: Sequence[Kept], now: datetime) -> None:
        if not missing:
            return
        oldest = missing[0]
        leaf, count = oldest.leaf.hex(), len(missing)
        log.error("receipts_not_in_the_log", oldest=leaf, at=oldest.at, count=count)
        missed = AlarmKind.RECEIPT
        self._book.warn(
            [NodeAlarm(kind=missed, leaf=each.leaf, since=each.at) for each in missing],
            now,
        )


def _holds(said: Inclusion, head: Checkpoint) -> bool:  # (3)
    size, root = head.size, head.root
    try:
        verify_inclusion(said.leaf, said.place, size=size, root=root, proof=said.proof)
    except EntryAltered as error:
        log.error("inclusion_wrong", leaf=said.leaf.hex(), reason=error.message)
        return False
    return True
