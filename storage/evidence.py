"""Ledger entries, written in the transaction of the act they prove."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection, insert

from ledger.canonical import encode
from ledger.merkle import leaf_hash
from models.clock import BRUSSELS
from models.events import Entry, Event
from models.ids import OfficerId
from storage import handed
from storage import tables as t
from storage.writing import row_of, rows_into
from vault.commitments import commit, new_salt

_STAGE, _KEEP_SALTS = insert(t.staged_entry), insert(t.salt)
_STAGE_WITH_SALT = rows_into(t.staged_entry, t.salt)


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
    """Stage an entry and return its leaf hash, the receipt.

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
    staged: dict[str, object] = {
        "id": entry.id,
        "body": body,
        "leaf": leaf,
        "staged_at": entry.recorded_at,
    }
    kept: list[dict[str, object]] = [
        {
            "leaf": leaf,
            "kind": kind,
            "case_id": entry.case,
            "officer_id": people[kind],
            "salt": salt,
        }
        for kind, salt in salts.items()
    ]
    _write(connection, staged, kept)
    handed.hand_out(connection, leaf)
    return leaf.hex()


def _write(
    connection: Connection, staged: dict[str, object], kept: list[dict[str, object]]
) -> None:
    """Write an entry and the salts of its officers; mostly it is one who acts."""
    if len(kept) == 1:
        rows = row_of(t.staged_entry, staged) | row_of(t.salt, kept[0])
        connection.execute(_STAGE_WITH_SALT, rows)
        return
    connection.execute(_STAGE, staged)
    if kept:
        connection.execute(_KEEP_SALTS, kept)
