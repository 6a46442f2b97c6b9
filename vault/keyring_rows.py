"""The SQL of a keyring: each function is one question or change on an open file.

Callers hold the lock and, for changes, the transaction (`keyring.py`).
"""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass, field
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
_MADE = f"""{_HELD} made_here AND case_id = :case_id AND receiver = :receiver
    AND scope = :scope AND scope_here = :scope_here AND epoch = :epoch
"""
_ADD = """
    INSERT INTO case_keys (case_key_id, slot, giver, receiver, case_id, scope,
        scope_here, epoch, made_here, delivery_key_id)
    VALUES (:case_key_id, :slot, :giver, :receiver, :case_id, :scope,
        :scope_here, :epoch, :made_here, :delivery_key_id)
"""
# A key is of a scope twice over: at its receiver, and at the agency that holds it
# here. An order names the agency whose copy falls due; without one, it means all.
_IS_CLOSED = """
    SELECT 1 FROM closed WHERE case_id = :case_id AND (
        holder = '' AND scope IN ('', :scope, :scope_here)
        OR holder = :agency AND scope IN ('', :scope_here)
        OR holder = :receiver AND scope IN ('', :scope))
"""
_MARK_CASE_KEYS = """
    UPDATE case_keys SET destroyed = 1 WHERE case_id = :case_id AND (
        :holder = '' AND :scope IN ('', scope, scope_here)
        OR :holder = :agency AND :scope IN ('', scope_here)
        OR :holder = receiver AND :scope IN ('', scope))
    RETURNING slot, case_key_id, delivery_key_id
"""
_MARK_OLD_DELIVERY_KEYS = """
    UPDATE delivery_keys SET destroyed = 1
    WHERE slot < (SELECT max(slot) FROM delivery_keys)
    RETURNING slot
"""

# INVARIANT: material is overwritten with as many bytes, never deleted, so that SQLite
# changes it where it lies (tests/unit/test_vault_destruction.py searches the file).
_ERASE = """
    UPDATE key_material SET material = zeroblob(length(material)) WHERE slot = ?
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


def made_key(
    connection: sqlite3.Connection, context: CaseKeyContext, scope_here: str
) -> HeldKey | None:
    """Return the key made here for exactly this context."""
    wanted = {**asdict(context), "scope_here": scope_here}
    return _held(connection.execute(_MADE, wanted))


def is_closed(
    connection: sqlite3.Connection,
    context: CaseKeyContext,
    *,
    agency: str,
    scope_here: str,
) -> bool:
    """Say whether keys of this context were ordered destroyed at this agency."""
    asked = {**asdict(context), "agency": agency, "scope_here": scope_here}
    return connection.execute(_IS_CLOSED, asked).fetchone() is not None


def add_case_key(
    connection: sqlite3.Connection,
    key: bytes,
    context: CaseKeyContext,
    *,
    scope_here: str,
    delivery_key_id: str | None = None,
) -> HeldKey:
    """Store a case key: made here if no delivery key brought it."""
    row = {
        **asdict(context),
        "case_key_id": case_key_id(key, context),
        "slot": add_material(connection, key),
        "scope_here": scope_here,
        "made_here": delivery_key_id is None,
        "delivery_key_id": delivery_key_id,
    }
    connection.execute(_ADD, row)
    return HeldKey(row["case_key_id"], key, delivered=False, context=context)


def destroy_case_keys(
    connection: sqlite3.Connection, order: dict[str, str]
) -> list[tuple[str, str | None]]:
    """Close what an order names and erase its keys.

    `order` has case_id, scope (empty: all), holder (empty: all) and agency (whose
    keyring this is). Returns each key's id and the id of the delivery key that
    brought it, if any; keys erased earlier are among them.
    """
    connection.execute(
        "INSERT OR IGNORE INTO closed VALUES (:case_id, :scope, :holder)", order
    )
    gone = connection.execute(_MARK_CASE_KEYS, order).fetchall()
    connection.executemany(_ERASE, [(slot,) for slot, _, _ in gone])
    return [(key_id, delivery_key_id) for _, key_id, delivery_key_id in gone]


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


def destroy_old_delivery_keys(connection: sqlite3.Connection) -> None:
    """Erase all delivery keys but the current one."""
    connection.executemany(
        _ERASE, connection.execute(_MARK_OLD_DELIVERY_KEYS).fetchall()
    )


def _held(cursor: sqlite3.Cursor) -> HeldKey | None:
    """Read one case key."""
    row = cursor.fetchone()
    if row is None:
        return None
    key_id, key, delivered, *context = row
    return HeldKey(key_id, key, bool(delivered), CaseKeyContext(*context))
