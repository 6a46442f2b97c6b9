"""One keyring file, lent to one thread and, for changes, to one process at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TypeVar

from models.errors import NotConfigured, Unavailable
from vault.keyring import rows
from vault.keyring.cipher import KeyringCipher
from vault.keyring.file import wipe
from vault.keyring.rows import UnlockedFile
from vault.master_keys import MasterKeys

Found = TypeVar("Found")


class KeyringAccess:
    """Lends the rows of a keyring, under its lock."""

    def __init__(self, connection: sqlite3.Connection, masters: MasterKeys) -> None:
        self._lock = RLock()
        self.name = rows.name_of(connection)
        self._file = UnlockedFile(connection, KeyringCipher(self.name, masters))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._file.connection.close()

    def find(self, question: Callable[[UnlockedFile], Found]) -> Found:
        """Ask for keys.

        Between reading a row and finding its master key, another process may renew
        both; then what was read is stale, and we ask again.

        Raises:
            NotConfigured: the master key is not there, or cannot be used.
        """
        while True:
            try:
                with self.reading() as file:
                    return question(file)
            except NotConfigured:
                # The same key is not tried twice: a wrong PIN may lock a token.
                if self._is_refused():
                    raise

    def _is_refused(self) -> bool:
        """Say whether the key that did not open is still the keyring's."""
        with self.reading() as file:
            return file.cipher.was_refused(file.wrapped_key())

    @contextmanager
    def reading(self) -> Iterator[UnlockedFile]:
        """Lend the file for single reads."""
        with self._lock, _busy_is_unavailable():
            yield self._file

    @contextmanager
    def writing(self) -> Iterator[UnlockedFile]:
        """Lend the file for one transaction, alone among all processes."""
        with self._lock, _busy_is_unavailable():
            connection = self._file.connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._file
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def move(self, masters: MasterKeys) -> KeyringCipher:
        """Look for master keys in another place from now on; return the one before."""
        with self._lock:
            before = self._file
            moved = before.cipher.at(masters)
            self._file = UnlockedFile(before.connection, moved)
        return before.cipher

    def wipe(self) -> None:
        """Empty the log after a destruction.

        Raises:
            Unavailable: another process kept reading; try again.
        """
        with self._lock, _busy_is_unavailable():
            wipe(self._file.connection)


@contextmanager
def _busy_is_unavailable() -> Iterator[None]:
    """Tell a caller to retry when the file is locked or the disk does not answer."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise Unavailable(f"keyring does not answer: {error}") from error
