"""New keys for a keyring: what makes old copies of its file useless.

A copy of the file holds keys that were destroyed since. It stays closed because the
master key of its time is destroyed, and because what was sealed under an earlier
keyring key opens under no later one. Callers hold the lock and the transaction, commit
it to the disk, and only then destroy the master keys before (`keep_only_this_master`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator

from vault.keyring.cipher import KeyringCipher, WrappedKey
from vault.keyring.rows import LASTING, Renewal, UnlockedFile
from vault.master_keys import KEYRING_KEY_BYTES

_Place = tuple[str | int, ...]


def begin(connection: sqlite3.Connection, cipher: KeyringCipher) -> None:
    """Give a new file its key."""
    first = cipher.wrap(os.urandom(KEYRING_KEY_BYTES))
    connection.execute(
        "INSERT INTO keyring_key (master_key_id, wrapped) VALUES (?, ?)",
        (first.master_key_id, first.wrapped),
    )


def rewrap(file: UnlockedFile, into: KeyringCipher) -> None:
    """Wrap the keyring's key under a new master key; rows stay as they are."""
    wrapped = into.wrap(file.current().key)
    into.under(wrapped)  # found and unwrapped once before anything relies on it
    _store(file, wrapped)


def renew(file: UnlockedFile) -> None:
    """Make a new keyring key under a new master key, and seal every row under it."""
    old, wrapped = file.current(), file.cipher.wrap(os.urandom(KEYRING_KEY_BYTES))
    # Found and unwrapped once before anything relies on it.
    new = file.cipher.under(wrapped)
    moved = [
        (new.seal(old.open(material, *place), *place), slot)
        for slot, material, place in _living(file.connection)
    ]
    # As long as before, so SQLite overwrites each where it lies.
    file.connection.executemany(
        "UPDATE key_material SET material = ? WHERE slot = ?", moved
    )
    _store(file, wrapped)
    file.connection.execute(
        "UPDATE keyring_key SET renewal = ?", (Renewal.MASTER_LEFT,)
    )


def keep_only_this_master(file: UnlockedFile) -> None:
    """Destroy the master keys before the present one.

    Whoever erased keys since the renewal made another one due: that stays so.
    """
    file.cipher.drop_masters(but=file.wrapped_key().master_key_id)
    file.connection.execute(
        "UPDATE keyring_key SET renewal = ? WHERE renewal = ?",
        (Renewal.DONE, Renewal.MASTER_LEFT),
    )


def is_due(connection: sqlite3.Connection) -> bool:
    """Say whether an old copy of the file and its master key open destroyed keys."""
    (state,) = connection.execute("SELECT renewal FROM keyring_key").fetchone()
    return bool(state != Renewal.DONE)


def _store(file: UnlockedFile, wrapped: WrappedKey) -> None:
    file.connection.execute(
        "UPDATE keyring_key SET master_key_id = ?, wrapped = ?",
        (wrapped.master_key_id, wrapped.wrapped),
    )


def _living(connection: sqlite3.Connection) -> Iterator[tuple[int, bytes, _Place]]:
    """Yield slot, sealed material and place of every key that is not destroyed."""
    for purpose in LASTING:
        yield from _rows(
            connection,
            "SELECT slot, material, 'identity', ? FROM identity JOIN key_material"
            " ON slot = CASE ? WHEN 'signing' THEN signing_slot"
            " WHEN 'index' THEN index_slot ELSE witness_slot END",
            purpose,
            purpose,
        )
    yield from _rows(
        connection,
        "SELECT slot, material, 'delivery_keys', delivery_key_id"
        " FROM delivery_keys JOIN key_material USING (slot) WHERE NOT destroyed",
    )
    yield from _rows(
        connection,
        "SELECT slot, material, 'case_keys', case_key_id, giver, receiver, case_id,"
        " scope, epoch, scope_here, made_here"
        " FROM case_keys JOIN key_material USING (slot) WHERE NOT destroyed",
    )


def _rows(
    connection: sqlite3.Connection, query: str, *values: str
) -> Iterator[tuple[int, bytes, _Place]]:
    for slot, material, *place in connection.execute(query, values):
        yield slot, material, tuple(place)
