"""A SQLite file that several programs of a node write to, one short row at a time.

The journal is a write-ahead log that is put on the disk when it is asked for: a process
that is killed loses nothing, a machine that loses power loses what came since.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import structlog

from models.errors import Unavailable

_SETTINGS = ("journal_mode = WAL", "synchronous = NORMAL", "trusted_schema = OFF")
_BUSY_SECONDS = 10

log = structlog.get_logger()


class SqliteFile:
    """One file and its one connection. Safe among threads and processes."""

    def __init__(self, path: Path, schema: str, what: str) -> None:
        """Use the file at `path`; it is made when it is first needed.

        `what` is the word for what is kept there, in errors.
        """
        self._path = path
        self._schema = schema
        self._what = what
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def exists(self) -> bool:
        """Tell whether anything was ever kept."""
        return self._path.exists()

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Lend one transaction.

        Raises:
            Unavailable: the disk does not answer.
        """
        try:
            with self._lock, self._connected() as file:
                yield file
        except (OSError, sqlite3.Error) as error:
            event, path = f"{self._what}_not_kept", str(self._path)
            log.error(event, path=path, reason=str(error))
            raise Unavailable(
                f"{self._what} cannot be kept in `{self._path}`: {error}",
                help="see that the disk is not full and belongs to this account",
            ) from error

    def one(self, query: str, *given: object) -> int | None:
        """Return the number that a query finds first.

        Raises:
            Unavailable: the disk does not answer.
        """
        with self.open() as file:
            found: int | None = file.execute(query, given).fetchone()[0]
        return found

    def secure(self) -> None:
        """Put all that was kept on the disk.

        Raises:
            Unavailable: the disk does not answer.
        """
        with self.open() as file:
            file.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            if not self._path.exists():
                _create(self._path, self._schema)
            self._connection = _connect(self._path)
        return self._connection


def _create(path: Path, schema: str) -> None:
    """Make the file, complete or not at all, readable by its owner only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with closing(_connect(draft)) as connection:
            connection.executescript(schema)
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made it a moment ago
    finally:
        draft.unlink()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, timeout=_BUSY_SECONDS)
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    return connection
