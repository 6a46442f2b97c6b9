"""What a bundle says of erased parts: since when, by which entry, and the proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Connection

from ledger.bundle import ErasedPart, Erasing
from ledger.erased import tree_of
from ledger.proofs import Tree, inclusion_proof
from models.erasing import Tombstone
from models.trail import TrailEntry
from storage.log import tombstones


class Graves:
    """The erasures behind the entries of one bundle.

    `erasures` are the entries that erased, with proofs; `numbers` theirs, by id. What
    was erased by an entry that no checkpoint covers yet is left out.
    """

    def __init__(
        self,
        connection: Connection,
        erasures: Sequence[Erasing],
        numbers: Mapping[UUID, int],
    ) -> None:
        self.erasures = tuple(erasures)
        self._numbers = numbers

        @lru_cache(maxsize=16)  # neighbours were mostly erased together
        def tree(erasure: UUID) -> tuple[int, Tree]:
            parts = tombstones.parts_of(connection, erasure)
            return len(parts), tree_of(parts)

        self._tree = tree

    def of(self, found: TrailEntry) -> dict[str, ErasedPart]:
        """Return what was erased of an entry."""
        return {
            name: self._part(stone)
            for name, stone in found.erased.items()
            if stone.erasure in self._numbers
        }

    def _part(self, stone: Tombstone) -> ErasedPart:
        size, tree = self._tree(stone.erasure)
        return ErasedPart(
            erased_on=stone.erased_on.isoformat(),
            by=self._numbers[stone.erasure],
            place=stone.place,
            proof=tuple(
                step.hex() for step in inclusion_proof(stone.place, size, tree)
            ),
        )
