"""What both sides of hand-offs signed: for bundles, and the list of who did not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from cryptography import x509
from sqlalchemy import Connection

from acts.audit.auditing import require_auditor
from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from ledger.bundle import SignedChange
from ledger.merkle import leaf_hash
from models.agencies import Reader
from models.pages import Query
from models.trail import TrailEntry
from models.twins import PATIENCE, MissingTwin, Side, Twin
from storage.log import audited_twins
from storage.sessions import acting
from vault.certificates import public_key_of

Signed = Mapping[Side, SignedChange]


def unsigned(desk: Desk, reader: Reader) -> list[MissingTwin]:
    """Return the changes that one side has not signed for half a minute, oldest first.

    An auditor sees those of hand-offs with the own agency, or one that it watches over,
    on either side; 200 at most. The page is an entry.

    Raises:
        NotPermitted: the reader is no auditor.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = audited_twins.missing(connection, datetime.now(UTC) - PATIENCE)
        rows = list(dict.fromkeys(each.handoff_id for each in found))
        log_page(desk, connection, reader, Showing(query=Query.UNSIGNED, rows=rows))
    return found


def signed_changes(
    connection: Connection, entries: Sequence[TrailEntry], left_out: frozenset[str]
) -> Mapping[bytes, Signed]:
    """Return what both sides signed of entries that an auditor sees, by their leaves.

    Of a hand-off with an agency that is left out there is nothing: each record names
    the one before by a hash, which would tie an entry that is withheld to it.
    """
    leaves = [leaf_hash(each.body) for each in entries if each.entry.handoff]
    found = audited_twins.sides_of(connection, leaves) if leaves else {}
    return {
        leaf: {each.side: _signed(each) for each in sides.twins}
        for leaf, sides in found.items()
        if not sides.agencies & left_out
    }


def _signed(twin: Twin) -> SignedChange:
    key = public_key_of(x509.load_der_x509_certificate(twin.certificate))
    return SignedChange(
        agency=twin.agency,
        step=twin.step,
        change=twin.change,
        at=twin.at,
        receipt=twin.receipt,
        previous=twin.previous.hex(),
        signed_at=twin.signed_at,
        key=sha256(key).hexdigest(),
        signature=twin.signature.hex(),
    )
