"""Ledger entries, written in the transaction of the act they prove."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, insert

from ledger.canonical import encode
from ledger.merkle import leaf_hash
from models.events import Entry
from models.ids import OfficerId
from storage import tables as t
from vault.commitments import commit, new_salt

_STAGE, _KEEP_SALT = insert(t.staged_entry), insert(t.salt)


def nonce() -> str:
    """Return 128 random bits, so that a leaf hash cannot confirm a guess."""
    return secrets.token_hex(16)


def append(connection: Connection, entry: Entry, officer: OfficerId | None) -> str:
    """Stage an entry and return its leaf hash, the receipt.

    The officer enters as a salted commitment; the salt lies in a table of its own,
    so that destroying it makes the entry anonymous without breaking the tree.
    """
    salt = new_salt() if officer else None
    if officer and salt:
        entry = entry.model_copy(update={"officer": commit(salt, officer).hex()})
    body = encode(entry.model_dump(mode="json", exclude_defaults=True))
    leaf = leaf_hash(body)
    staged = {
        "id": entry.id,
        "body": body,
        "leaf": leaf,
        "staged_at": entry.recorded_at,
    }
    connection.execute(_STAGE, staged)
    if salt:
        kept = {"leaf": leaf, "kind": "officer", "case_id": entry.case, "salt": salt}
        connection.execute(_KEEP_SALT, kept)
    return leaf.hex()
