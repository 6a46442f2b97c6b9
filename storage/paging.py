"""Pages of rows: in the order of a key, from one row to the next."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from models.pages import Window
from storage import compiled
from storage.sessions import finds_none

Key = tuple[ColumnElement[Any], ...]
"""What a list is in the order of; the last column is the id of its rows."""


class Listed(NamedTuple):
    """What a list is of: a query with what it is asked, and its order.

    `query` is always the same object, as its statements are written once.
    """

    query: Select[Any]
    key: Key
    asked: Mapping[str, object] = {}
    down: bool = False


def page_of(connection: Connection, listed: Listed, window: Window) -> list[Any]:
    """Return the rows after the one that the window names; none if that is hidden.

    Then the transaction ends on the beat, as it does after a row that never was.
    """
    query, key, asked, down = listed
    given = {**asked, "most": window.limit}
    if window.after is not None:
        found = compiled.execute(connection, _place(key), {"after": window.after})
        if (last := found.fetchone()) is None:
            finds_none(connection)
            return []
        query, given = _after(query, key, down), given | last._asdict()
    return compiled.execute(connection, in_order(query, key, down), given).fetchall()


@lru_cache(maxsize=64)
def in_order(query: Select[Any], key: Key, down: bool = False) -> Select[Any]:
    """Return a query for the first `most` rows."""
    order = [each.desc() if down else each for each in key]
    return query.order_by(*order).limit(bindparam("most"))


@lru_cache(maxsize=64)
def _after(query: Select[Any], key: Key, down: bool) -> Select[Any]:
    """Return a query for the rows after a place: `place_0` and on."""
    here = (bindparam(name, type_=each.type) for name, each in _named(key))
    place, last = tuple_(*key), tuple_(*here)
    return query.where(place < last if down else place > last)


@lru_cache(maxsize=64)
def _place(key: Key) -> Select[Any]:
    """Return a query for the place of the row whose id is `after`."""
    *_, name = key
    parts = (each.label(called) for called, each in _named(key))
    return select(*parts).select_from(name.table).where(name == bindparam("after"))


def _named(key: Key) -> list[tuple[str, ColumnElement[Any]]]:
    return [(f"place_{number}", each) for number, each in enumerate(key)]
