"""What was staged and would not be ordered, and what the log has already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, insert, select

from storage import tables as t


class Refused(NamedTuple):
    """A staged entry that is not taken into the log, and why."""

    leaf: bytes
    body: bytes
    reason: str


def ordered(connection: Connection, ids: Sequence[UUID]) -> set[UUID]:
    """Return those of some ids that entries of the log have."""
    query = select(t.entry.c.entry_id).where(t.entry.c.entry_id.in_(ids))
    return set(connection.execute(query).scalars())


def keep(connection: Connection, refused: Sequence[Refused]) -> None:
    """Keep what is refused, for whoever looks into it."""
    if refused:
        at = datetime.now(UTC)
        values = [{**each._asdict(), "at": at} for each in refused]
        connection.execute(insert(t.refused_entry), values)


def reasons(connection: Connection) -> list[str]:
    """Return why entries were refused, oldest first; mostly there are none."""
    row = t.refused_entry.c
    return list(connection.execute(select(row.reason).order_by(row.at)).scalars())
