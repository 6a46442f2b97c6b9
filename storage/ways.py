"""Ways by which an officer hears of notices, and until when they were seen."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from models.ids import OfficerId
from models.posting import Way, WayKind
from storage import tables as t
from storage.people import directory

SEEN_UNTIL = select(t.notice_seen.c.until)
"""Until when whoever is connected has seen notices."""
OWN = select(t.notice_way).order_by(t.notice_way.c.kind, t.notice_way.c.id)
"""The ways of whoever is connected."""


def enter(connection: Connection, way: Way) -> None:
    """Enter a way; a mail address takes the place of the one before.

    Raises:
        NotFound: its officer left meanwhile.
    """
    if way.kind is WayKind.MAIL:
        old = t.notice_way.c.kind == WayKind.MAIL
        connection.execute(delete(t.notice_way).where(old))
    values = way.model_dump(mode="python")
    values["officer_id"] = values.pop("officer")
    connection.execute(insert(t.notice_way).values(values))
    # The insert waited for whoever lets the officer leave, by its foreign key.
    directory.in_office(connection, way.officer)


def all_of(connection: Connection) -> list[Way]:
    """Return the ways of whoever is connected."""
    return [way_of(row) for row in connection.execute(OWN)]


def way_of(row: Any) -> Way:
    """Return the way that a row holds."""
    return Way(
        id=row.id,
        officer=OfficerId(row.officer_id),
        kind=WayKind(row.kind),
        address=row.address,
        language=row.language,
    )


def end(connection: Connection, way: UUID) -> bool:
    """Forget a way, its address and what was sent by it; tell whether there was one."""
    ended = delete(t.notice_way).where(t.notice_way.c.id == way)
    return connection.execute(ended).rowcount > 0


def end_all(connection: Connection, officer: str) -> None:
    """Forget every way of an officer, by whoever writes the directory."""
    ended = delete(t.notice_way).where(t.notice_way.c.officer_id == officer)
    connection.execute(ended)


def note_seen(connection: Connection, officer: OfficerId, until: datetime) -> None:
    """Note that an officer, who is connected, has seen notices until an instant."""
    seen = upsert(t.notice_seen).values(officer_id=officer, until=until)
    later = func.greatest(t.notice_seen.c.until, seen.excluded.until)
    connection.execute(
        seen.on_conflict_do_update(
            index_elements=[t.notice_seen.c.officer_id], set_={"until": later}
        )
    )
