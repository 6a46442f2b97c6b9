"""Addresses at which calendars ask; one shows to its officer, and to its token."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert

from models.errors import NotFound
from models.feeds import Feed
from storage import tables as t
from storage.people import directory
from storage.people.signing_in import showing

_ROW = t.calendar_feed.c


def enter(connection: Connection, feed: Feed) -> None:
    """Enter the address of an officer, who is connected, in the place of the old.

    Raises:
        NotFound: the officer left meanwhile.
    """
    values = {"token": feed.token, "ends_at": feed.ends_at, "seal": feed.seal}
    new = upsert(t.calendar_feed).values(officer_id=feed.officer.id, **values)
    connection.execute(
        new.on_conflict_do_update(index_elements=[_ROW.officer_id], set_=values)
    )
    # The insert waited for whoever lets the officer leave, by its foreign key.
    directory.in_office(connection, feed.officer.id)


def ends_at(connection: Connection, officer: str) -> datetime | None:
    """Return until when the address of an officer counts; None if there is none."""
    query = select(_ROW.ends_at).where(
        _ROW.officer_id == officer, _ROW.ends_at > func.now()
    )
    return connection.scalar(query)


def end(connection: Connection, officer: str) -> None:
    """Forget the address of an officer, if there is one."""
    connection.execute(delete(t.calendar_feed).where(_ROW.officer_id == officer))


def find(engine: Engine, token: bytes, at: datetime) -> Feed:
    """Return what is behind an address, and whose it is as the directory says now.

    Raises:
        NotFound: it never was, or counts no longer.
    """
    query = select(t.calendar_feed).where(_ROW.token == token, _ROW.ends_at > at)
    with showing(engine, token) as connection:
        row = connection.execute(query).first()
        if row is None:
            raise NotFound("there is no such address")
        officer = directory.officer(connection, row.officer_id)
        return Feed(
            token=row.token,
            officer=officer,
            agency_kind=directory.agency(connection, officer.agency).kind,
            ends_at=row.ends_at,
            seal=row.seal,
        )


def forget_ended(connection: Connection) -> int:
    """Forget the addresses whose time is over by the database's clock; say how many."""
    ended = delete(t.calendar_feed).where(_ROW.ends_at < func.now())
    return connection.execute(ended).rowcount
