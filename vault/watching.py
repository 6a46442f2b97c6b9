"""What a node does about the log: its witness cosigns, its receipts are looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from models.errors import EntryAltered
from models.link import (
    CheckpointOffer,
    Inclusions,
    InclusionWanted,
    NodeAlarm,
    Witnessed,
)

log = structlog.get_logger()


class Witness(Protocol):
    """What a node asks of its witness; see `ledger.witness`."""

    def consider(self, offer: CheckpointOffer) -> Witnessed:
        """Cosign a checkpoint, or say what was seen instead.

        Raises:
            EntryAltered: it is not signed by the ledger: nothing to answer.
        """


class Receipts(Protocol):
    """What a node asks of its receipts; see `ledger.receipts`."""

    def waits(self) -> bool:
        """Tell whether there is something to ask for, or to tell."""

    def settle(self, prove: Callable[[InclusionWanted], Inclusions]) -> None:
        """Ask for proofs of what is open, and keep what they show."""

    def heard(self) -> None:
        """Note that a checkpoint was offered that could be cosigned."""

    def judge(self) -> None:
        """Raise the alarm about what is missing."""

    def untold(self) -> Sequence[NodeAlarm]:
        """Return the alarms to tell of."""

    def told(self, alarms: Sequence[NodeAlarm]) -> None:
        """Note that they were told of."""


@dataclass(frozen=True)
class Watching:
    """The witness and the receipts of one node.

    Without a witness, offers of checkpoints are passed over; without receipts, nothing
    is looked for.
    """

    witness: Witness | None = None
    receipts: Receipts | None = None

    def waits(self) -> bool:
        """Tell whether there is something to ask coordination for, or to tell it."""
        return self.receipts is not None and self.receipts.waits()

    def consider(self, offer: CheckpointOffer | None) -> Witnessed | None:
        """Let the witness answer an offer."""
        if self.witness is None or offer is None:
            return None
        try:
            witnessed = self.witness.consider(offer)
        except EntryAltered as error:
            log.error("checkpoint_not_of_the_ledger", reason=error.message)
            return None
        if witnessed.refused:
            log.error("checkpoint_refused", reason=witnessed.refused)
        elif self.receipts is not None:
            self.receipts.heard()
        return witnessed

    def judge(self) -> None:
        """Raise the alarm about what is missing, whether coordination answers or not.

        Raises:
            Unavailable: the disk does not answer; try again.
        """
        if self.receipts is not None:
            self.receipts.judge()


BLIND = Watching()
"""Of a node that was not told the ledger's key."""
