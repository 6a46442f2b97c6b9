"""The certificate of an erasure: what an auditor hands to whoever asks what is gone."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection

from acts.audit.auditing import TrailLine, require_auditor, trail_of
from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from ledger.canonical import encode
from ledger.certificate import FORMAT, Certificate, KeyReceipt, write
from ledger.checkpoint import parse
from ledger.proofs import inclusion_proof
from ledger.tiles import tree_over
from models.agencies import Reader
from models.errors import NotFound
from models.events import EventKind, Operation
from models.ids import CaseId
from models.pages import Query, Window
from models.trail import TrailEntry, Wanted
from storage import retention
from storage.log import ledger, tombstones, trail
from storage.sessions import acting

KINDS = (EventKind.ITEMS_ERASED, EventKind.LOG_ERASED)


def erasures(
    desk: Desk, reader: Reader, wanted: Wanted, window: Window
) -> list[TrailLine]:
    """Return what was erased, latest first; the page is itself an entry.

    Raises:
        NotPermitted: the reader is no auditor.
    """
    return trail_of(desk, reader, wanted.model_copy(update={"kinds": KINDS}), window)


def certify(desk: Desk, reader: Reader, entry: UUID) -> bytes:
    """Return the certificate of an erasure; that it is made is logged before.

    Raises:
        NotPermitted: the reader is no auditor.
        NotFound: there is no such erasure, or no checkpoint covers it yet.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        note = ledger.latest_checkpoint(connection)
        found = trail.one(connection, entry, parse(note).size if note else 0)
        if not note or found is None or found.entry.operation is not Operation.ERASURE:
            raise NotFound(
                f"there is no erasure `{str(entry)[:8]}` that you may see and that a"
                " checkpoint covers",
                help="list them with `estafette ledger certificates`",
            )
        case = found.entry.case
        showing = Showing(
            query=Query.CERTIFICATE,
            case=CaseId(case) if case else None,
            rows=[found.entry.id],
        )
        log_page(desk, connection, reader, showing)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        return write(_certificate(connection, found, note))


def _certificate(connection: Connection, found: TrailEntry, note: str) -> Certificate:
    tree = tree_over(partial(ledger.hashes, connection))
    steps = inclusion_proof(found.seq, parse(note).size, tree)
    parts = tombstones.parts_of(connection, found.entry.id)
    return Certificate(
        certificate=FORMAT,
        checkpoint=note,
        entry=found.body.decode(),
        seq=found.seq,
        proof=tuple(step.hex() for step in steps),
        parts=tuple((part.leaf.hex(), part.name) for part in parts),
        receipts=_receipts(connection, found),
    )


def _receipts(connection: Connection, found: TrailEntry) -> tuple[KeyReceipt, ...]:
    entry = found.entry
    if entry.case is None:
        return ()
    scope = entry.detail.rpartition(" ")[2]
    kept = retention.receipts(connection, entry.case, entry.agency, scope)
    return tuple(
        KeyReceipt(agency=agency, receipt=sha256(encode(receipt)).hexdigest())
        for agency, receipt in kept
    )
