"""The integrator: orders what was staged, grows the tree, signs the checkpoint.

What it signed it offers to the agencies' witnesses, and it stops when one of them holds
a checkpoint that the log contradicts.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import structlog
from sqlalchemy import Connection, Engine

from activities.admitting import admit
from activities.recovery import resume
from activities.witnessing import Offers
from ledger.checkpoint import Checkpoint, sign
from ledger.merkle import CompactRange
from ledger.signed_note import SignerKey
from ledger.tiles import tile_hashes
from models.errors import EntryAltered, Unavailable
from storage.engine import transaction
from storage.log import ledger

# Seconds between two looks; nothing is written when nothing waits.
_PAUSE = 1.0
_BATCH = 5_000

log = structlog.get_logger()


class Integrator:
    """Appends staged entries to the log; only one of many does so at a time."""

    def __init__(
        self, database: Engine, signer: SignerKey, offers: Offers | None = None
    ) -> None:
        self._database = database
        self._signer = signer
        self._offers = offers or Offers(signer)
        self._said = ""

    async def run(self) -> None:
        """Integrate for ever."""
        while True:
            try:
                taken = await asyncio.to_thread(self.once)
            except Unavailable as error:
                log.warning("integrator_waits", reason=error.message)
                taken = 0
            except EntryAltered as error:
                self._say_stopped(error.message)
                taken = 0
            if taken < _BATCH:
                await asyncio.sleep(_PAUSE)

    def once(self) -> int:
        """Integrate one batch in one transaction; return how many entries it held.

        Holds none once the log contradicts what a witness saw. Every batch begins as a
        start does, with `recovery.resume`.

        Raises:
            EntryAltered: the tables are in a state that no crash leaves.
        """
        with transaction(self._database) as connection:
            if not ledger.elect(connection):
                return 0
            tree = resume(connection, self._signer.verifier)
            if self._offers.stopped(connection):
                return 0
            taken = self._take(connection, tree)
            self._offers.make(connection)
        return taken

    def _say_stopped(self, reason: str) -> None:
        if reason != self._said:
            log.error("integrator_stopped", reason=reason)
            self._said = reason

    def _take(self, connection: Connection, tree: CompactRange) -> int:
        staged = ledger.take_staged(connection, _BATCH)
        rows = admit(connection, staged)
        if not rows:
            return len(staged)
        ledger.append(connection, tree.size, rows)
        filled = tree.extend(leaf for _, leaf in rows)
        ledger.keep_tile_hashes(connection, tile_hashes(filled))
        head = Checkpoint(self._signer.name, tree.size, tree.root())
        note = sign(head, self._signer)
        ledger.write_checkpoint(connection, tree, note, datetime.now(UTC))
        return len(staged)
