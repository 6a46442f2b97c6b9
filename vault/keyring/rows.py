"""The SQL of a keyring: each function is one question or change on an open file.

Callers hold the lock and, for changes, the transaction (`keyring.py`). A secret is read
in one statement with the wrapped key it lies under: another process may renew both.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import IntEnum
from hashlib import sha256

from vault.delivery import (
    CaseKeyContext,
    case_key_id,
    delivery_public_key,
    new_delivery_key,
)
from vault.keyring.cipher import KeyringCipher, KeyringName, RowCipher, WrappedKey

_HELD = """
    SELECT master_key_id, wrapped, delivered, material,
        case_key_id, giver, receiver, case_id, scope, epoch, scope_here, made_here
    FROM keyring_key, case_keys JOIN key_material USING (slot) WHERE NOT destroyed AND
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
_ORDERED = """case_id = :case_id AND (
        :holder = '' AND :scope IN ('', scope, scope_here)
        OR :holder = :agency AND :scope IN ('', scope_here)
        OR :holder = receiver AND :scope IN ('', scope))
"""
_MARK_CASE_KEYS = f"""
    UPDATE case_keys SET destroyed = 1 WHERE NOT destroyed AND {_ORDERED}
    RETURNING slot
"""  # noqa: S608 (our own words)
_GONE_CASE_KEYS = f"""
    SELECT case_key_id, delivery_key_id FROM case_keys WHERE {_ORDERED}
"""  # noqa: S608 (our own words)
_MARK_OLD_DELIVERY_KEYS = """
    UPDATE delivery_keys SET destroyed = 1
    WHERE NOT destroyed AND slot < (SELECT max(slot) FROM delivery_keys)
    RETURNING slot
"""

LASTING = ("signing", "index", "witness")
"""The purposes of an agency's lasting keys."""


class Renewal(IntEnum):
    """What is left to do before an old copy of the file opens nothing destroyed."""

    DONE = 0
    MASTER_LEFT = 1
    DUE = 2


# INVARIANT: material is overwritten with as many bytes, never deleted, so that SQLite
# changes it where it lies (tests/unit/test_vault_destruction.py searches the file).
_ERASE = """
    UPDATE key_material SET material = zeroblob(length(material)) WHERE slot = ?
"""


@dataclass(frozen=True)
class UnlockedFile:
    """An open keyring file, with what turns its rows into keys."""

    connection: sqlite3.Connection
    cipher: KeyringCipher

    def current(self) -> RowCipher:
        """Return the cipher under which rows lie now. Needs a transaction."""
        return self.cipher.under(self.wrapped_key())

    def wrapped_key(self) -> WrappedKey:
        """Return the key of the keyring as it lies there now."""
        row = self.connection.execute("SELECT master_key_id, wrapped FROM keyring_key")
        return WrappedKey(*row.fetchone())


@dataclass(frozen=True)
class HeldKey:
    """A case key in hand; `delivered` once its delivery is known to be stored."""

    case_key_id: str
    key: bytes = field(repr=False)
    delivered: bool
    context: CaseKeyContext


@dataclass(frozen=True)
class DeliveryKey:
    """A private delivery key in hand; made when, in seconds since 1970."""

    delivery_key_id: str
    made_at: int
    private: bytes = field(repr=False)


def name_of(connection: sqlite3.Connection) -> KeyringName:
    """Return whose keyring this is."""
    row = connection.execute("SELECT agency, keyring_id FROM identity").fetchone()
    return KeyringName(*row)


def _add_material(connection: sqlite3.Connection, sealed: bytes) -> int | None:
    """Store sealed key material and return its slot."""
    return connection.execute(
        "INSERT INTO key_material (material) VALUES (?)", (sealed,)
    ).lastrowid


def add_identity(file: UnlockedFile, name: KeyringName, *secrets: bytes) -> None:
    """Store the lasting keys in the order of `LASTING`."""
    cipher = file.current()
    slots = [
        _add_material(file.connection, cipher.seal(secret, "identity", purpose))
        for purpose, secret in zip(LASTING, secrets, strict=True)
    ]
    row = (name.agency, name.keyring_id, *slots)
    file.connection.execute("INSERT INTO identity VALUES (?, ?, ?, ?, ?)", row)


def lasting_key(file: UnlockedFile, purpose: str) -> bytes:
    """Return the signing key (PKCS 8, DER), the index key or the witness key."""
    *wrapped, material = file.connection.execute(
        "SELECT master_key_id, wrapped, material"
        " FROM keyring_key, identity JOIN key_material"
        " ON slot = CASE ? WHEN 'signing' THEN signing_slot"
        " WHEN 'index' THEN index_slot ELSE witness_slot END",
        (purpose,),
    ).fetchone()
    cipher = file.cipher.under(WrappedKey(*wrapped))
    return cipher.open(material, "identity", purpose)


def has_case_key(connection: sqlite3.Connection, key_id: str) -> bool:
    """Say whether a case key is held and not destroyed."""
    found = connection.execute(
        "SELECT 1 FROM case_keys WHERE NOT destroyed AND case_key_id = ?", (key_id,)
    )
    return found.fetchone() is not None


def held_key(file: UnlockedFile, key_id: str) -> HeldKey | None:
    """Return a case key, whoever made it."""
    return _held(file, file.connection.execute(_BY_ID, (key_id,)))


def made_key(
    file: UnlockedFile, context: CaseKeyContext, scope_here: str
) -> HeldKey | None:
    """Return the key made here for exactly this context."""
    wanted = {**asdict(context), "scope_here": scope_here}
    return _held(file, file.connection.execute(_MADE, wanted))


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
    file: UnlockedFile,
    key: bytes,
    context: CaseKeyContext,
    *,
    scope_here: str,
    delivery_key_id: str | None = None,
) -> HeldKey:
    """Store a case key: made here if no delivery key brought it."""
    said = {
        "case_key_id": case_key_id(key, context),
        **asdict(context),
        "scope_here": scope_here,
        "made_here": int(delivery_key_id is None),
    }
    sealed = file.current().seal(key, "case_keys", *said.values())
    slot = _add_material(file.connection, sealed)
    row = {**said, "slot": slot, "delivery_key_id": delivery_key_id}
    file.connection.execute(_ADD, row)
    return HeldKey(said["case_key_id"], key, delivered=False, context=context)


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
    _erase(connection, connection.execute(_MARK_CASE_KEYS, order).fetchall())
    return connection.execute(_GONE_CASE_KEYS, order).fetchall()


def delivery_keys(file: UnlockedFile) -> list[DeliveryKey]:
    """Return the private delivery keys still held, the current one first."""
    rows = file.connection.execute(
        "SELECT master_key_id, wrapped, delivery_key_id, made_at, material"
        " FROM keyring_key, delivery_keys JOIN key_material USING (slot)"
        " WHERE NOT destroyed ORDER BY slot DESC"
    ).fetchall()
    return [
        DeliveryKey(
            key_id,
            made_at,
            file.cipher.under(WrappedKey(*wrapped)).open(
                material, "delivery_keys", key_id
            ),
        )
        for *wrapped, key_id, made_at, material in rows
    ]


def delivery_key_ids(connection: sqlite3.Connection) -> set[str]:
    """Return the ids of the delivery keys still held."""
    held = "SELECT delivery_key_id FROM delivery_keys WHERE NOT destroyed"
    return {key_id for (key_id,) in connection.execute(held)}


def add_delivery_key(file: UnlockedFile) -> None:
    """Make a delivery key: the one with the highest slot is the current one."""
    private = new_delivery_key()
    key_id = sha256(delivery_public_key(private)).hexdigest()[:32]
    sealed = file.current().seal(private, "delivery_keys", key_id)
    file.connection.execute(
        "INSERT INTO delivery_keys (delivery_key_id, slot) VALUES (?, ?)",
        (key_id, _add_material(file.connection, sealed)),
    )


def destroy_old_delivery_keys(connection: sqlite3.Connection) -> None:
    """Erase all delivery keys but the current one."""
    _erase(connection, connection.execute(_MARK_OLD_DELIVERY_KEYS).fetchall())


def _erase(connection: sqlite3.Connection, slots: Iterable[tuple[int]]) -> None:
    """Erase material; from then on the keyring's key is due for renewal."""
    if connection.executemany(_ERASE, slots).rowcount > 0:
        connection.execute("UPDATE keyring_key SET renewal = ?", (Renewal.DUE,))


def _held(file: UnlockedFile, cursor: sqlite3.Cursor) -> HeldKey | None:
    """Read one case key."""
    row = cursor.fetchone()
    if row is None:
        return None
    master_key_id, wrapped, delivered, material, *said = row
    cipher = file.cipher.under(WrappedKey(master_key_id, wrapped))
    key = cipher.open(material, "case_keys", *said)
    return HeldKey(said[0], key, bool(delivered), CaseKeyContext(*said[1:6]))
