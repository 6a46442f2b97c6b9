"""The integrator's side of witnessing: what is offered, and what stops the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy import Connection

from ledger import checkpoint
from ledger.checkpoint import Checkpoint
from ledger.proofs import Tree, consistency_proof, root_at
from ledger.signed_note import SignerKey
from ledger.tiles import tree_over
from ledger.witness import contradiction
from models.errors import EntryAltered
from storage.log import ledger, witnessing
from storage.log.witnessing import Seen

CADENCE = timedelta(seconds=10)
"""A witness is offered a checkpoint no more often, and so late at most."""

HEARTBEAT = timedelta(minutes=5)
"""So often one is offered though the log did not grow: a witness that hears nothing
can then tell silence from quiet."""

log = structlog.get_logger()


class Offers:
    """Offers checkpoints to witnesses, and believes none of them without evidence."""

    def __init__(self, signer: SignerKey, cadence: timedelta = CADENCE) -> None:
        self._signer = signer
        self._cadence = cadence
        self._judged: dict[str, UUID] = {}
        self._said_so = False

    def stopped(self, connection: Connection) -> bool:
        """Say whether the log contradicts what a witness saw: then it must not grow.

        Nothing starts it again: a contradiction stays until people have found out what
        happened, and whatever would take it away would take the evidence with it.
        """
        against = [row.agency_id for row in witnessing.contradictions(connection)]
        if not against:
            heard = witnessing.seen(connection).values()
            new = [
                each for each in heard if self._judged.get(each.agency) != each.answered
            ]
            # Not `any`: each witness that contradicts is evidence of its own.
            against = [
                each.agency for each in new if self._contradicts(connection, each)
            ]
        if against and not self._said_so:
            log.error("integrator_stopped", witnesses=against)
            self._said_so = True
        return bool(against)

    def make(self, connection: Connection) -> None:
        """Offer the latest checkpoint to each witness whose turn it is."""
        note = ledger.latest_checkpoint(connection)
        if note is None:
            return
        now = datetime.now(UTC)
        heard, made = witnessing.seen(connection), witnessing.offers(connection)
        tree = _tree(connection)
        for agency in witnessing.agencies(connection):
            last, seen = made.get(agency), heard.get(agency)
            if last and now - last.at < self._pause(last.note, note, seen):
                continue
            proof = self._proof(seen, checkpoint.parse(note), tree)
            witnessing.offer(connection, agency, note, proof, now)

    def _pause(self, offered: str, latest: str, seen: Seen | None) -> timedelta:
        return HEARTBEAT if _settled(offered, latest, seen) else self._cadence

    def _proof(self, seen: Seen | None, now: Checkpoint, tree: Tree) -> list[bytes]:
        """Return the proof from what a witness holds; what is not ours needs none."""
        held = self._read(seen) if seen else None
        if held is None or not 0 < held.size <= now.size:
            return []
        return consistency_proof(held.size, now.size, tree)

    def _read(self, seen: Seen) -> Checkpoint | None:
        try:
            return checkpoint.verify(seen.note, self._signer.verifier)
        except EntryAltered:
            return None

    def _contradicts(self, connection: Connection, seen: Seen) -> bool:
        """Judge what a witness holds; keep both checkpoints if they contradict."""
        size, tree = ledger.frontier(connection).size, _tree(connection)
        key = self._signer.verifier
        try:
            shown = contradiction(seen.note, key, size=size, tree=tree)
        except EntryAltered as error:
            log.warning("not_seen", agency=seen.agency, reason=error.message)
            shown = None
        self._judged[seen.agency] = seen.answered
        if shown is None:
            return False
        held = self._held(min(size, shown.size), tree)
        at = datetime.now(UTC)
        witnessing.note_contradiction(connection, seen.agency, seen.note, held, at)
        log.error("ledger_contradicted", agency=seen.agency, size=shown.size)
        return True

    def _held(self, size: int, tree: Tree) -> str:
        """Return, signed, what the log says of the size that the witness saw.

        Two roots of one size under one key can be denied by nobody.
        """
        root = root_at(size, tree)
        return checkpoint.sign(Checkpoint(self._signer.name, size, root), self._signer)


def _tree(connection: Connection) -> Tree:
    return tree_over(partial(ledger.hashes, connection))


def _settled(offered: str, latest: str, seen: Seen | None) -> bool:
    """Say whether there is nothing newer, and nothing that was answered in vain."""
    return offered == latest and (seen is None or seen.note == offered)
