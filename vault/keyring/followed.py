"""The last statement of each agency's delivery key that this agency followed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import sha256

from models.errors import CiphertextInvalid
from vault.statements import Stated


def newer(connection: sqlite3.Connection, stated: Iterable[Stated]) -> list[Stated]:
    """Return what was stated after what was followed before.

    Raises:
        CiphertextInvalid: another key was stated since.
    """
    return [each for each in stated if _is_newer(connection, each)]


def follow(connection: sqlite3.Connection, stated: Iterable[Stated]) -> None:
    """Write down what is followed from now on. Needs a transaction."""
    connection.executemany(
        "INSERT INTO followed VALUES (?, ?, ?) ON CONFLICT (agency)"
        " DO UPDATE SET signed_at = excluded.signed_at, digest = excluded.digest"
        " WHERE signed_at < excluded.signed_at",
        [(each.agency, each.signed_at, _digest(each)) for each in stated],
    )


def _is_newer(connection: sqlite3.Connection, stated: Stated) -> bool:
    last = connection.execute(
        "SELECT signed_at, digest FROM followed WHERE agency = ?", (stated.agency,)
    ).fetchone()
    if last is None or stated.signed_at > last[0]:
        return True
    # The same key was only stated again: somebody read the directory a moment before.
    if stated.signed_at < last[0] and last[1] != _digest(stated):
        raise _stale(stated.agency)
    return False


def _digest(stated: Stated) -> str:
    return sha256(stated.key).hexdigest()


def _stale(agency: str) -> CiphertextInvalid:
    return CiphertextInvalid(
        f"the delivery key of `{agency}` was replaced by another before",
        help="nothing was sealed for it; try again, and if it stays so, ask that agency"
        " to start its node, which states the present key",
    )
