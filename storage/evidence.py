"""Ledger entries, written in the transaction of the act they prove."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection

from ledger.canonical import encode
from ledger.merkle import leaf_hash
from models.clock import BRUSSELS
from models.events import Entry, Event
from models.ids import OfficerId
from storage import handed
from storage import tables as t
from storage.writing import Rows, together
from vault.commitments import commit, new_salt


def new_entry(event: Event) -> Entry:
    """Return the entry of an event, recorded now; no officer is in it yet."""
    return Entry(
        id=uuid4(),
        nonce=secrets.token_hex(16),
        recorded_at=datetime.now(UTC),
        **dict(event),
    )


def append(
    connection: Connection,
    entry: Entry,
    officer: OfficerId | None,
    *,
    on_behalf_of: OfficerId | None = None,
    named: OfficerId | None = None,
) -> str:
    """Stage an entry and return its leaf hash, the receipt; see `gather`."""
    with together(connection) as rows:
        return gather(rows, entry, officer, on_behalf_of=on_behalf_of, named=named)


def gather(
    rows: Rows,
    entry: Entry,
    officer: OfficerId | None,
    *,
    on_behalf_of: OfficerId | None = None,
    named: OfficerId | None = None,
) -> str:
    """Gather the rows of an entry, and return its leaf hash, the receipt.

    Officers (who acts, in whose place, about whom) enter as salted commitments; the
    salts lie in a table of their own, so that destroying them makes the entry
    anonymous without breaking the tree.
    """
    given = {"officer": officer, "on_behalf_of": on_behalf_of, "named": named}
    people = {kind: name for kind, name in given.items() if name}
    salts = {kind: new_salt() for kind in people}
    hidden = {kind: commit(salts[kind], name).hex() for kind, name in people.items()}
    # The day of an entry is the first ten characters of it, in the legal time zone.
    entry = entry.model_copy(update=hidden | {"at": entry.at.astimezone(BRUSSELS)})
    body = encode(entry.model_dump(mode="json", exclude_defaults=True))
    leaf = leaf_hash(body)
    staged = {"id": entry.id, "body": body, "leaf": leaf}
    rows.add(t.staged_entry, staged | {"staged_at": entry.recorded_at})
    for kind, salt in salts.items():
        person = {"kind": kind, "officer_id": people[kind], "salt": salt}
        rows.add(t.salt, {"leaf": leaf, "case_id": entry.case, **person})
    handed.hand_out(rows.connection, leaf)
    return leaf.hex()
