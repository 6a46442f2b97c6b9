"""Several questions in one trip, for pages: a trip costs more than most answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Select, func, select

from storage import compiled

Asked = tuple[tuple[str, Select[Any]], ...]
"""Questions by name; those that are asked together are always the same."""


def ask(
    connection: Connection, asked: Asked, values: Mapping[str, object]
) -> dict[str, list[Any]]:
    """Return the rows of each question, by its name, in its order.

    They come as JSON: ids, days and instants are text, as the models take them; for
    bytes, see `bytes_of`.
    `values` are the parameters of all; those of one name have one value.
    """
    [found] = compiled.execute(connection, _together(asked), values)
    return {
        name: [SimpleNamespace(**row) for row in rows]
        for name, rows in found._asdict().items()
    }


def bytes_of(given: bytes | str) -> bytes:
    """Return bytes that came by themselves, or in JSON: as hexadecimal digits."""
    return given if isinstance(given, bytes) else bytes.fromhex(given[2:])


@cache
def _together(asked: Asked) -> Select[Any]:
    names = [name for name, _ in asked]
    if len(set(names)) < len(names):
        raise ValueError(f"two questions have one name: {names}")
    return select(*(_rows(query).label(name) for name, query in asked))


def _rows(query: Select[Any]) -> Any:
    gathered = func.json_agg(query.subquery().table_valued())
    return select(func.coalesce(gathered, func.json_build_array())).scalar_subquery()
