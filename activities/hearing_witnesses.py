"""What coordination makes of a witness's answer: kept if it is well formed, no more.

Whether what a witness holds contradicts the log is judged by the integrator.
"""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from sqlalchemy import Connection

from ledger import checkpoint, cosignature
from models.errors import EntryAltered
from models.link import CheckpointOffer, Witnessed
from storage.log import witnessing
from storage.log.witnessing import Seen

log = structlog.get_logger()


def hear(connection: Connection, agency: str, said: Witnessed) -> None:
    """Keep a cosignature, or what the witness holds instead.

    What answers no open offer is passed over: it was answered before, or a newer one
    took its place. The key of an agency's first cosignature stays its witness's key.
    """
    offered = witnessing.offer_to(connection, agency)
    if offered is None or offered.id != said.offer:
        return
    known = witnessing.key_of(connection, agency)
    seen, refused = _held(said), "refused"
    if known not in (None, said.key):
        log.error("witness_key_changed", agency=agency)
        seen, refused = "", "another key"
    elif said.cosignature:
        seen, refused = _cosigned(connection, agency, offered, said)
    key = known if refused else said.key
    heard = Seen(agency, seen, said.offer)
    witnessing.note_seen(connection, heard, key, refused, datetime.now(UTC))


def _held(said: Witnessed) -> str:
    """Return what the witness holds, if it is a checkpoint at all."""
    try:
        checkpoint.parse(said.seen)
    except EntryAltered:
        return ""
    return said.seen


def _cosigned(
    connection: Connection, agency: str, offered: CheckpointOffer, said: Witnessed
) -> tuple[str, str]:
    """Keep a cosignature that holds; return what was seen, and what was wrong."""
    head = checkpoint.parse(offered.note)
    key = cosignature.witness_key(head.origin, agency, said.key)
    try:
        cosignature.verify_line(offered.note, said.cosignature, key)
    except EntryAltered as error:
        log.error("cosignature_wrong", agency=agency, reason=error.message)
        return "", "cosignature wrong"
    now = datetime.now(UTC)
    witnessing.keep_cosignature(connection, agency, head.size, said.cosignature, now)
    return offered.note, ""
