"""A witness: cosigns a checkpoint that continues the last one it saw, and no other.

One witness sees one line of history. A ledger that shows it two is refused, and what
the witness saw before, signed by the ledger itself, is the evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ledger import checkpoint, cosignature
from ledger.checkpoint import Checkpoint
from ledger.proofs import Tree, root_at, verify_consistency
from ledger.signed_note import VerifierKey
from models.errors import EntryAltered
from models.link import CheckpointOffer, Witnessed


class Memory(Protocol):
    """Where a witness keeps the latest checkpoint that it cosigned."""

    def replace(self, decide: Callable[[str | None], str]) -> None:
        """Hand over what is kept, and keep what comes back.

        One caller at a time, among processes too. What was returned is on the disk
        when this returns; if `decide` raises, what was kept stays.
        """

    def read(self) -> str | None:
        """Return what is kept; at first, nothing."""


@dataclass(frozen=True)
class Cosigner:
    """A key that cosigns: its public half, how it signs a message, and its clock.

    `now` returns seconds since 1970.
    """

    key: VerifierKey
    sign: Callable[[bytes], bytes]
    now: Callable[[], int]


class Witness:
    """Judges the checkpoints of one ledger. Its public key was got elsewhere."""

    def __init__(self, ledger: VerifierKey, cosigner: Cosigner, memory: Memory) -> None:
        self._ledger = ledger
        self._cosigner = cosigner
        self._memory = memory

    # The checklist. Each step below repeats its number.
    #   (1) The checkpoint is signed by the ledger's key and names that ledger.
    #   (2) It is not smaller than the last one seen.
    #   (3) The proof shows that it continues the last one seen: equal sizes have
    #       equal roots.
    #   (4) It is remembered, on the disk, before it is cosigned.
    # The first checkpoint that a witness ever sees is believed.

    def consider(self, offer: CheckpointOffer) -> Witnessed:
        """Cosign what is offered, or say what was seen instead.

        Raises:
            EntryAltered: it is not signed by the ledger: nothing to answer.
        """
        offered = checkpoint.verify(offer.note, self._ledger)  # (1)
        public = self._cosigner.key.public
        try:
            self._memory.replace(lambda seen: self._next(seen, offered, offer))  # (4)
        except EntryAltered as error:
            seen = self._memory.read() or ""
            return Witnessed(
                offer=offer.id, seen=seen, key=public, refused=error.message
            )
        at = self._cosigner.now()
        signed = self._cosigner.sign(cosignature.message(offer.note, at))
        line = cosignature.line(self._cosigner.key, at, signed)
        return Witnessed(offer=offer.id, seen=offer.note, key=public, cosignature=line)

    def _next(
        self, seen: str | None, offered: Checkpoint, offer: CheckpointOffer
    ) -> str:
        """Return what to remember."""
        if seen is not None:
            last = checkpoint.verify(seen, self._ledger)
            if offered.size < last.size:  # (2)
                raise EntryAltered(
                    f"checkpoint of `{offered.size}` entries,"
                    f" after one of `{last.size}`"
                )
            verify_consistency(  # (3)
                last.size,
                offered.size,
                old_root=last.root,
                new_root=offered.root,
                proof=offer.proof,
            )
        return offer.note


def contradiction(
    seen: str, key: VerifierKey, *, size: int, tree: Tree
) -> Checkpoint | None:
    """Return the checkpoint that a witness saw, if a ledger of `size` contradicts it.

    That is one signed by the ledger itself of a larger tree, or of another.

    Raises:
        EntryAltered: the ledger did not sign it: it is evidence of nothing.
    """
    shown = checkpoint.verify(seen, key)
    if shown.size > size or root_at(shown.size, tree) != shown.root:
        return shown
    return None
