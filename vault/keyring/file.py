"""The SQLite file under a keyring: made, opened, and wiped so that nothing lingers.

Every secret in it is encrypted (`cipher.py`; docs/formats/keyring.md). Beyond
that, what is destroyed must be gone from every byte of the file and its companions:

- Key material sits in one table whose rows are added at the end, overwritten in place
  and never deleted, so SQLite never moves a key and leaves a copy behind.
- The journal is a write-ahead log. A rollback journal would copy pages with live keys
  to free disk blocks at every write; the log stays one file, and `wipe` empties it
  after a destruction. `secure_delete` zeroes what SQLite frees by itself.
- Temporary tables stay in memory. Nothing here ever runs VACUUM, which copies.

File systems and disks may still keep old blocks, and backups old files: what they hold
stays closed once the master key of that time is destroyed (`renewal.py`).
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from models.errors import Conflict, NotConfigured, NotFound, Unavailable

FORMAT = 5

_SCHEMA = """
CREATE TABLE key_material (
    slot INTEGER PRIMARY KEY,
    material BLOB NOT NULL
) STRICT;
CREATE TABLE keyring_key (
    master_key_id TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    renewal INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE identity (
    agency TEXT NOT NULL,
    keyring_id TEXT NOT NULL,
    signing_slot INTEGER NOT NULL REFERENCES key_material,
    index_slot INTEGER NOT NULL REFERENCES key_material,
    witness_slot INTEGER NOT NULL REFERENCES key_material
) STRICT;
CREATE TABLE delivery_keys (
    delivery_key_id TEXT PRIMARY KEY,
    slot INTEGER NOT NULL REFERENCES key_material,
    made_at INTEGER NOT NULL DEFAULT (unixepoch()),
    destroyed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE case_keys (
    case_key_id TEXT PRIMARY KEY,
    slot INTEGER NOT NULL REFERENCES key_material,
    giver TEXT NOT NULL,
    receiver TEXT NOT NULL,
    case_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    scope_here TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    made_here INTEGER NOT NULL,
    delivered INTEGER NOT NULL DEFAULT 0,
    delivery_key_id TEXT REFERENCES delivery_keys,
    destroyed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX one_made_key
    ON case_keys (case_id, receiver, scope, scope_here, epoch) WHERE made_here;
CREATE INDEX case_keys_of_case ON case_keys (case_id);
CREATE TABLE closed (
    case_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    holder TEXT NOT NULL,
    PRIMARY KEY (case_id, scope, holder)
) STRICT;
CREATE TABLE closed_items (
    item_id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL
) STRICT;
CREATE TABLE followed (
    agency TEXT PRIMARY KEY,
    signed_at INTEGER NOT NULL,
    digest TEXT NOT NULL
) STRICT;
"""

_SETTINGS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "foreign_keys = ON",
    "trusted_schema = OFF",
)
_BUSY_SECONDS = 10


def create_file(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Make a keyring file, complete or not at all, readable by its owner only.

    Raises:
        Conflict: there is a file already.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with closing(_connect(draft)) as connection:
            connection.executescript(f"PRAGMA user_version = {FORMAT}; {_SCHEMA}")
            connection.execute("BEGIN IMMEDIATE")
            fill(connection)
            connection.execute("COMMIT")
        # A link, unlike a rename, never replaces another process's keyring.
        os.link(draft, path)
    except FileExistsError as error:
        raise Conflict(f"keyring `{path}` exists already") from error
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def open_file(path: Path) -> sqlite3.Connection:
    """Connect to a keyring file.

    Raises:
        NotFound: there is none.
        NotConfigured: others may read it, or it is no keyring of this format.
    """
    if not path.exists():
        raise NotFound(f"no keyring at `{path}`", help="create the agency's keys first")
    if path.stat().st_mode & 0o077:
        raise NotConfigured(f"others may read keyring `{path}`", help="chmod 600 it")
    connection = _connect(path)
    if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
        connection.close()
        raise NotConfigured(
            f"`{path}` is not a keyring of format {FORMAT}",
            help="earlier formats are not read any more: start the demo on an empty"
            " data directory",
        )
    return connection


def wipe(connection: sqlite3.Connection) -> None:
    """Move the write-ahead log into the file and empty it.

    Raises:
        Unavailable: another process kept reading; try again.
    """
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise Unavailable("keyring is in use, its log could not be emptied")


def _connect(path: Path) -> sqlite3.Connection:
    """Open the database with the settings that the module docstring explains."""
    connection = sqlite3.connect(
        path,
        isolation_level=None,  # transactions are begun and ended by name
        check_same_thread=False,  # the keyring's lock serialises use
        timeout=_BUSY_SECONDS,
    )
    try:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise NotConfigured(f"keyring `{path}` does not open: {error}") from error
    return connection


def _sync_folder(folder: Path) -> None:
    """Make a new name in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
