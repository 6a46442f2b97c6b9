"""Items that their originators took back: one row each, in every holder's keyring.

A case key opens all items of its class, so it cannot go for the sake of one. The row
closes that one item here, whatever wrap of it turns up later.
"""

from __future__ import annotations

import sqlite3

from vault.keyring.rows import Renewal


def close_item(connection: sqlite3.Connection, case_id: str, item_id: str) -> None:
    """Close an item for good; from then on the keyring's key is due for renewal.

    Until it is renewed, a copy of the file from before opens the item.
    """
    added = connection.execute(
        "INSERT OR IGNORE INTO closed_items VALUES (?, ?)", (item_id, case_id)
    )
    if added.rowcount > 0:
        connection.execute("UPDATE keyring_key SET renewal = ?", (Renewal.DUE,))


def is_closed_item(connection: sqlite3.Connection, item_id: str) -> bool:
    """Say whether an item was closed here."""
    found = connection.execute(
        "SELECT 1 FROM closed_items WHERE item_id = ?", (item_id,)
    )
    return found.fetchone() is not None
