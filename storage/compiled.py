"""Statements of pages and lists, past SQLAlchemy, which finds and fills in each anew.

That takes longer than the driver. All other statements are executed as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import Connection, Dialect
from sqlalchemy.dialects.postgresql.psycopg import dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ClauseElement

# Parameters as the server numbers them: the driver need not look for them in the text.
_DIALECT: Dialect = dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


class _Compiled(NamedTuple):
    """A statement as the server takes it.

    Attributes:
        names: whose value each parameter is, in order.
        constants: the parameters that the statement names itself.
        written: how parameters are written of which the driver does not know how.
    """

    text: str
    names: tuple[str, ...]
    constants: Mapping[str, object]
    written: Mapping[str, Callable[[Any], object]]


def execute(
    connection: Connection, statement: ClauseElement, values: Mapping[str, object]
) -> psycopg.Cursor[Any]:
    """Execute a statement that is always the same object; rows come as the driver's.

    A statement asks `any` of an array and never `in`, which is written anew for each
    number of values. No two of its columns have one name: rows are named tuples.

    Raises:
        DBAPIError: as SQLAlchemy would raise it.
    """
    text, names, constants, written = _compiled(statement)
    given = {**constants, **values}
    for name, write in written.items():
        given[name] = write(given[name])
    driver: Any = connection.connection.driver_connection
    cursor = psycopg.RawCursor(driver, row_factory=namedtuple_row)
    try:
        return cursor.execute(text, [given[name] for name in names])
    except psycopg.Error as error:
        raise _wrapped(error, text) from error


def _wrapped(error: psycopg.Error, text: str) -> BaseException:
    """Return an error of the driver as SQLAlchemy raises it, without the values."""
    return DBAPIError.instance(text, None, error, psycopg.Error, hide_parameters=True)


@lru_cache(maxsize=1024)  # rows alone may come in 256 shapes
def _compiled(statement: ClauseElement) -> _Compiled:
    made: Any = statement.compile(dialect=_DIALECT)
    writers = {
        name: bound.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
        for bound, name in made.bind_names.items()
    }
    return _Compiled(
        text=str(made),
        names=tuple(made.positiontup),
        constants={n: each for n, each in made.params.items() if each is not None},
        written={name: write for name, write in writers.items() if write},
    )
