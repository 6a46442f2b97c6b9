"""The files in which nodes played here keep what they signed of hand-offs."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from models.twins import Twin
from runtime.sqlite_file import SqliteFile

FORMAT = 1

_SCHEMA = f"""
PRAGMA user_version = {FORMAT};
CREATE TABLE twin (
    handoff BLOB NOT NULL,
    step INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (handoff, step)
) STRICT, WITHOUT ROWID;
"""


class TwinFile:
    """Implements `vault.twins.Book`. Safe among threads and processes."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it is made when it is first needed."""
        self._file = SqliteFile(path, _SCHEMA, "twins")

    def find(self, handoff: UUID, step: int) -> Twin | None:
        """See `Book.find`."""
        query = "SELECT word FROM twin WHERE handoff = ? AND step = ?"
        with self._file.open() as file:
            row = file.execute(query, (handoff.bytes, step)).fetchone()
        return None if row is None else Twin.model_validate_json(row[0])

    def keep(self, twin: Twin) -> Twin:
        """See `Book.keep`."""
        row = (twin.handoff.bytes, twin.step, twin.model_dump_json())
        with self._file.open() as file:
            file.execute("INSERT OR IGNORE INTO twin VALUES (?, ?, ?)", row)
        return self.find(twin.handoff, twin.step) or twin

    def secure(self) -> None:
        """See `Book.secure`."""
        self._file.secure()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
