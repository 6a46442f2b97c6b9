"""Saying in the log that whoever operates the servers reads it."""

from __future__ import annotations

from models.kinds.reads import LogRead
from runtime.clock import clock_for
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect, transaction
from storage.log import evidence


def note_read(settings: Settings, role: Role, door: str) -> None:
    """Write that the log is read by one of the doors for operators.

    Returns once that is committed, so nothing was read before.

    Raises:
        DatabaseUnavailable: then nothing may be read.
    """
    database = connect(settings.database(role), pool=1)
    try:
        at = clock_for(settings, database).now()
        entry = evidence.new_entry(LogRead(at=at, detail=door))
        with transaction(database) as connection:
            evidence.append(connection, entry, None)
    finally:
        database.dispose()
