"""The leaves that a transaction staged, for whoever is to keep them as receipts."""

from __future__ import annotations

from sqlalchemy import Connection

_HANDED = "handed_leaves"


def collect(connection: Connection) -> list[bytes]:
    """Return a list into which each leaf goes that this connection stages from now."""
    leaves: list[bytes] = []
    connection.execution_options(**{_HANDED: leaves})
    return leaves


def hand_out(connection: Connection, leaf: bytes) -> None:
    """Hand a leaf to whoever collects those of this connection, if anybody does."""
    leaves: list[bytes] | None = connection.get_execution_options().get(_HANDED)
    if leaves is not None:
        leaves.append(leaf)
