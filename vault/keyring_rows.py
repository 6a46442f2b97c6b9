"""The SQL of a keyring: each function is one question or change on an open file.

Callers hold the lock and, for changes, the transaction (`keyring.py`).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from hashlib import sha256

from vault.delivery import (
    CaseKeyContext,
    case_key_id,
    delivery_public_key,
    new_delivery_key,
)

_HELD = """
    SELECT case_key_id, material, delivered, giver, receiver, case_id, scope, epoch
    FROM case_keys JOIN key_material USING (slot) WHERE NOT destroyed AND
"""
_BY_ID = f"{_HELD} case_key_id = ?"
_MADE = (
    f"{_HELD} made_here AND case_id = ? AND receiver = ? AND scope = ? AND epoch = ?"
)

# INVARIANT: material is overwritten with as many bytes, never deleted, so that SQLite
# changes it where it lies (tests/unit/test_vault_destruction.py searches the file).
_ERASE_CASE_KEYS = """
    UPDATE key_material SET material = zeroblob(length(material)) WHERE slot IN
    (SELECT slot FROM case_keys WHERE case_id = ?1 AND ?2 IN ('', scope))
"""
_MARK_CASE_KEYS = """
    UPDATE case_keys SET destroyed = 1 WHERE case_id = ?1 AND ?2 IN ('', scope)
    RETURNING case_key_id, delivery_key_id
"""
_ERASE_OLD_DELIVERY_KEYS = """
    UPDATE key_material SET material = zeroblob(length(material)) WHERE slot IN
    (SELECT slot FROM delivery_keys WHERE slot < (SELECT max(slot) FROM delivery_keys))
"""
_MARK_OLD_DELIVERY_KEYS = """
    UPDATE delivery_keys SET destroyed = 1 WHERE NOT destroyed
    AND slot < (SELECT max(slot) FROM delivery_keys)
"""


@dataclass(frozen=True)
class HeldKey:
    """A case key in hand; `delivered` once its delivery is known to be stored."""

    case_key_id: str
    key: bytes = field(repr=False)
    delivered: bool
    context: CaseKeyContext


@dataclass(frozen=True)
class DeliveryKey:
    """A private delivery key in hand."""

    delivery_key_id: str
    private: bytes = field(repr=False)


def add_material(connection: sqlite3.Connection, material: bytes) -> int | None:
    """Store key material and return its slot."""
    return connection.execute(
        "INSERT INTO key_material (material) VALUES (?)", (material,)
    ).lastrowid


def identity(connection: sqlite3.Connection) -> tuple[str, bytes, bytes]:
    """Return the agency, its signing key (PKCS 8, DER) and its index key."""
    agency, signing, index = connection.execute(
        "SELECT agency, s.material, i.material FROM identity"
        " JOIN key_material s ON s.slot = signing_slot"
        " JOIN key_material i ON i.slot = index_slot"
    ).fetchone()
    return agency, signing, index


def held_key(connection: sqlite3.Connection, key_id: str) -> HeldKey | None:
    """Return a case key, whoever made it."""
    return _held(connection.execute(_BY_ID, (key_id,)))


def made_key(connection: sqlite3.Connection, context: CaseKeyContext) -> HeldKey | None:
    """Return the key made here for exactly this context."""
    wanted = (context.case_id, context.receiver, context.scope, context.epoch)
    return _held(connection.execute(_MADE, wanted))


def is_closed(connection: sqlite3.Connection, case_id: str, scope: str) -> bool:
    """Say whether keys of this case and scope were ordered destroyed."""
    query = "SELECT 1 FROM closed WHERE case_id = ? AND scope IN ('', ?)"
    return connection.execute(query, (case_id, scope)).fetchone() is not None


def add_case_key(
    connection: sqlite3.Connection,
    key: bytes,
    context: CaseKeyContext,
    delivery_key_id: str | None,
) -> HeldKey:
    """Store a case key: made here if no delivery key brought it."""
    key_id, made_here = case_key_id(key, context), delivery_key_id is None
    connection.execute(
        "INSERT INTO case_keys (case_key_id, slot, giver, receiver, case_id, scope,"
        " epoch, made_here, delivery_key_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key_id,
            add_material(connection, key),
            context.giver,
            context.receiver,
            context.case_id,
            context.scope,
            context.epoch,
            made_here,
            delivery_key_id,
        ),
    )
    return HeldKey(key_id, key, delivered=False, context=context)


def destroy_case_keys(
    connection: sqlite3.Connection, case_id: str, scope: str
) -> list[tuple[str, str | None]]:
    """Close a case's scope (empty: all) and erase its keys.

    Returns each key's id and the id of the delivery key that brought it, if any;
    keys erased earlier are among them.
    """
    order = (case_id, scope)
    connection.execute("INSERT OR IGNORE INTO closed VALUES (?, ?)", order)
    connection.execute(_ERASE_CASE_KEYS, order)
    return connection.execute(_MARK_CASE_KEYS, order).fetchall()


def delivery_keys(connection: sqlite3.Connection) -> list[DeliveryKey]:
    """Return the private delivery keys still held, the current one first."""
    rows = connection.execute(
        "SELECT delivery_key_id, material FROM delivery_keys JOIN key_material"
        " USING (slot) WHERE NOT destroyed ORDER BY slot DESC"
    )
    return [DeliveryKey(*row) for row in rows]


def add_delivery_key(connection: sqlite3.Connection) -> None:
    """Make a delivery key: the one with the highest slot is the current one."""
    private = new_delivery_key()
    key_id = sha256(delivery_public_key(private)).hexdigest()[:32]
    connection.execute(
        "INSERT INTO delivery_keys (delivery_key_id, slot) VALUES (?, ?)",
        (key_id, add_material(connection, private)),
    )


def destroy_old_delivery_keys(connection: sqlite3.Connection) -> int:
    """Erase all delivery keys but the current one; return how many."""
    connection.execute(_ERASE_OLD_DELIVERY_KEYS)
    return connection.execute(_MARK_OLD_DELIVERY_KEYS).rowcount


def _held(cursor: sqlite3.Cursor) -> HeldKey | None:
    """Read one case key."""
    row = cursor.fetchone()
    if row is None:
        return None
    key_id, key, delivered, *context = row
    return HeldKey(key_id, key, bool(delivered), CaseKeyContext(*context))
