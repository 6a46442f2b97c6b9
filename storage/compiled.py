"""Statements of every page, past SQLAlchemy, which finds and fills in each anew.

That takes longer than the driver. All other statements are executed as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, CursorResult, Dialect
from sqlalchemy.sql.elements import ClauseElement


class _Compiled(NamedTuple):
    """A statement as the driver takes it.

    Attributes:
        constants: the parameters that the statement names itself.
        written: how parameters are written of which the driver does not know how.
    """

    text: str
    constants: Mapping[str, object]
    written: Mapping[str, Callable[[Any], object]]


def execute(
    connection: Connection, statement: ClauseElement, values: Mapping[str, object]
) -> CursorResult[Any]:
    """Execute a statement that is always the same object; rows come as the driver's.

    It asks `any` of an array and never `in`, which is written anew for each number of
    values.
    """
    text, constants, written = _compiled(statement, connection.dialect)
    given = {**constants, **values}
    for name, write in written.items():
        given[name] = write(given[name])
    return connection.exec_driver_sql(text, given)


@lru_cache(maxsize=1024)  # rows alone may come in 256 shapes
def _compiled(statement: ClauseElement, dialect: Dialect) -> _Compiled:
    made = statement.compile(dialect=dialect)
    writers = {
        name: bound.type.dialect_impl(dialect).bind_processor(dialect)
        for bound, name in made.bind_names.items()  # type: ignore[attr-defined]
    }
    return _Compiled(
        text=str(made),
        constants={n: each for n, each in made.params.items() if each is not None},
        written={name: write for name, write in writers.items() if write},
    )
