"""Rows that belong together, gathered and then written in as few trips as can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Connection,
    Insert,
    Select,
    Table,
    bindparam,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.types import TypeEngine

from storage import compiled

Row = Mapping[str, object]
_FEW = 4
"""Rows that a statement names one by one; more come as an array for each column, which
takes longer to write down, so that there are few shapes."""


class Part(NamedTuple):
    """How a statement adds rows of a table.

    Attributes:
        alike: the columns in which all rows are alike; documents are not compared.
        few: how many rows; 0 for many.
    """

    table: Table
    names: tuple[str, ...]
    alike: frozenset[str]
    few: int

    def name(self, column: str, row: int) -> str:
        """Return the name of the parameter for a column of a row."""
        name = f"{self.table.name}_{column}"
        return name if column in self.alike else f"{name}_{row}"


Shape = tuple[Part, ...]


class Rows:
    """Rows of several tables that one transaction adds, in whatever order."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._rows: dict[Table, list[Row]] = {}

    def add(self, table: Table, *rows: Row) -> None:
        """Gather rows of a table, by column; all of one table name the same columns."""
        if rows:
            self._rows.setdefault(table, []).extend(rows)

    def write(self) -> None:
        """Add what was gathered, in one trip."""
        shape = tuple(_part(table, rows) for table, rows in self._rows.items())
        if shape:
            given = dict(chain.from_iterable(map(self._given, shape)))
            compiled.execute(self.connection, _added(shape), given)

    def _given(self, part: Part) -> Iterator[tuple[str, object]]:
        rows = self._rows[part.table]
        for name in part.names:
            if not part.few:
                yield part.name(name, 0), [row[name] for row in rows]
            for number in range(part.few):
                yield part.name(name, number), rows[number][name]


@contextmanager
def together(connection: Connection) -> Iterator[Rows]:
    """Lend a gathering of rows, and write them at the end."""
    rows = Rows(connection)
    yield rows
    rows.write()


def _part(table: Table, rows: Sequence[Row]) -> Part:
    first, few = rows[0], len(rows) if len(rows) <= _FEW else 0
    plain = [n for n in first if not isinstance(table.c[n].type, JSON)]  # 1 is not true
    same = (n for n in plain if few and all(row[n] == first[n] for row in rows))
    return Part(table, tuple(first), frozenset(same), few)


@lru_cache(maxsize=256)
def _added(shape: Shape) -> Select[Any]:
    """Return a statement that adds rows to each table; there are few shapes.

    A table with a column of arrays takes few rows at a time.
    """
    added = chain.from_iterable(map(_inserts, shape))
    return select(literal(1)).add_cte(*(each.cte() for each in added))


def _inserts(part: Part) -> list[Insert]:
    if not part.few:
        return [_of_arrays(part)]
    return [
        insert(part.table).values(
            {
                n: bindparam(part.name(n, row), type_=part.table.c[n].type)
                for n in part.names
            }
        )
        for row in range(part.few)
    ]


def _of_arrays(part: Part) -> Insert:
    arrays = (_array(part.name(n, 0), part.table.c[n].type) for n in part.names)
    rows = func.unnest(*arrays).table_valued(*part.names).render_derived()
    return insert(part.table).from_select(part.names, select(rows))


def _array(name: str, of: TypeEngine[Any]) -> ColumnElement[Any]:
    """Return what stands for the values of a column, one of each row.

    Documents come as one: in an array each of their quotes is escaped.
    """
    if not isinstance(of, JSON):
        return bindparam(name, type_=ARRAY(of, dimensions=1))
    each = func.jsonb_array_elements(bindparam(name, type_=of))
    documents = func.nullif(each, text("'null'::jsonb"))
    return func.array(select(documents).scalar_subquery())
