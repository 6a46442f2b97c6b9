"""What a node does about the log and what stands in it: three that watch.

Its witness cosigns, its receipts are looked for, and it signs its side of hand-offs.
"""

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
from models.twins import TwinOffer
from vault.twins import Considered, Twins

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
    """The witness, the receipts and the twin records of one node.

    Without a witness, offers of checkpoints are passed over; without receipts, nothing
    is looked for; without twins, no change of a hand-off is signed.
    """

    witness: Witness | None = None
    receipts: Receipts | None = None
    twins: Twins | None = None

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

    def sign(self, offers: Sequence[TwinOffer]) -> Considered:
        """Sign this agency's side of what became of hand-offs.

        Raises:
            Unavailable: the disk does not answer; try again.
        """
        if self.twins is None or not offers:
            return Considered()
        return self.twins.consider(offers)

    def judge(self) -> None:
        """Raise the alarm about what is missing, whether coordination answers or not.

        Raises:
            Unavailable: the disk does not answer; try again.
        """
        if self.receipts is not None:
            self.receipts.judge()


BLIND = Watching()
"""Of a node that was not told the ledger's key."""
