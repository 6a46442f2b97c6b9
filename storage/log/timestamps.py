"""Timestamps that an authority gave to checkpoints: at most one a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.dialects.postgresql import insert

from storage import tables as t


class Stamp(NamedTuple):
    """The authority's reply (DER) about a checkpoint, and the day it was asked.

    `note` is empty if somebody took the checkpoint away.
    """

    day: date
    size: int
    reply: bytes
    note: str


def keep(
    connection: Connection, day: date, size: int, reply: bytes, at: datetime
) -> None:
    """Keep the timestamp of a day; the first one stays."""
    row = insert(t.timestamp).values(day=day, size=size, reply=reply, at=at)
    connection.execute(row.on_conflict_do_nothing())


def latest(connection: Connection) -> Stamp | None:
    """Return the timestamp of the last day that has one."""
    return _first(connection, _STAMPS.order_by(t.timestamp.c.day.desc()))


def first_over(connection: Connection, seq: int) -> Stamp | None:
    """Return the first timestamp that covers an entry."""
    query = _STAMPS.where(t.timestamp.c.size > seq)
    return _first(connection, query.order_by(t.timestamp.c.size))


def every(connection: Connection) -> list[Stamp]:
    """Return all timestamps, oldest first."""
    rows = connection.execute(_STAMPS.order_by(t.timestamp.c.day)).all()
    return [_stamp(row) for row in rows]


def to_stamp(connection: Connection, witnesses: int) -> tuple[int, str] | None:
    """Return size and note of the checkpoint to stamp now, if there is one.

    That is the latest which counts; where nobody witnesses, the latest of all.
    """
    row, given = t.checkpoint.c, t.cosignature.c
    query = select(row.size, row.note).order_by(row.size.desc()).limit(1)
    if connection.execute(select(given.size).limit(1)).first():
        counting = (
            select(given.size).group_by(given.size).having(func.count() >= witnesses)
        )
        query = query.where(row.size.in_(counting))
    found = connection.execute(query).first()
    return (found.size, found.note) if found else None


_Columns = tuple[date, int, bytes, str]
_STAMPS: Select[_Columns] = select(
    t.timestamp.c.day,
    t.timestamp.c.size,
    t.timestamp.c.reply,
    func.coalesce(t.checkpoint.c.note, "").label("note"),
).outerjoin(t.checkpoint, t.checkpoint.c.size == t.timestamp.c.size)


def _first(connection: Connection, query: Select[_Columns]) -> Stamp | None:
    row = connection.execute(query.limit(1)).first()
    return _stamp(row) if row else None


def _stamp(row: Row[_Columns]) -> Stamp:
    return Stamp(row.day, row.size, row.reply, row.note)
