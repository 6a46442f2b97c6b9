"""Pages of rows: in the order of a key, from one row to the next."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, bindparam, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from models.pages import Window

Key = tuple[ColumnElement[Any], ...]
"""What a list is in the order of; the last column is the id of its rows."""


class Listed(NamedTuple):
    """What a list is of: a query with what it is asked, and its order."""

    query: Select[Any]
    key: Key
    asked: Mapping[str, object] = {}
    down: bool = False


def page_of(connection: Connection, listed: Listed, window: Window) -> list[Row[Any]]:
    """Return the rows after the one that the window names; none if that is hidden."""
    query, key, asked, down = listed
    if window.after is not None:
        *_, name = key
        place = select(*key).select_from(name.table).where(name == window.after)
        last = connection.execute(place).first()
        if last is None:
            return []
        place_of, here = tuple_(*key), tuple_(*last)
        query = query.where(place_of < here if down else place_of > here)
    write = in_order if window.after is None else in_order.__wrapped__
    page = write(query, key, down)
    return list(connection.execute(page, {**asked, "most": window.limit}))


# Most pages are the first of their list; writing a statement anew takes longer than
# bringing its rows.
@lru_cache(maxsize=64)
def in_order(query: Select[Any], key: Key, down: bool = False) -> Select[Any]:
    """Return a query for the first `most` rows."""
    order = [each.desc() if down else each for each in key]
    return query.order_by(*order).limit(bindparam("most"))
