"""Rows that belong together, gathered and then written in as few trips as can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import chain

from sqlalchemy import (
    ARRAY,
    Connection,
    Executable,
    Insert,
    Table,
    bindparam,
    func,
    insert,
    literal,
    select,
)

Row = Mapping[str, object]
Part = tuple[Table, tuple[str, ...], int]
"""A table, the columns that its rows name, and how many rows; 0 for many."""

Shape = tuple[Part, ...]
_FEW = 4
"""Rows that a statement names one by one; more come as an array for each column, which
takes longer to write down, so that there are few shapes."""


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
        shape = tuple(
            (table, tuple(rows[0]), len(rows) if len(rows) <= _FEW else 0)
            for table, rows in self._rows.items()
        )
        if shape:
            given = dict(chain.from_iterable(map(self._given, shape)))
            self.connection.execute(_added(shape), given)

    def _given(self, part: Part) -> Iterator[tuple[str, object]]:
        table, names, few = part
        rows = self._rows[table]
        for name in names:
            if not few:
                yield _name(table, name), [row[name] for row in rows]
            for number in range(few):
                yield _name(table, name, number), rows[number][name]


@contextmanager
def together(connection: Connection) -> Iterator[Rows]:
    """Lend a gathering of rows, and write them at the end."""
    rows = Rows(connection)
    yield rows
    rows.write()


@cache
def _added(shape: Shape) -> Executable:
    """Return a statement that adds rows to each table; there are few shapes."""
    added = chain.from_iterable(_inserts(*part) for part in shape)
    return select(literal(1)).add_cte(*(each.cte() for each in added))


def _inserts(table: Table, names: tuple[str, ...], few: int) -> list[Insert]:
    if not few:
        return [_of_arrays(table, names)]
    return [
        insert(table).values(
            {n: bindparam(_name(table, n, row), type_=table.c[n].type) for n in names}
        )
        for row in range(few)
    ]


def _of_arrays(table: Table, names: tuple[str, ...]) -> Insert:
    arrays = (
        bindparam(_name(table, n), type_=ARRAY(table.c[n].type, dimensions=1))
        for n in names
    )
    rows = func.unnest(*arrays).table_valued(*names).render_derived()
    return insert(table).from_select(names, select(rows))


def _name(table: Table, column: str, row: int | None = None) -> str:
    """Return the name of a parameter."""
    return f"{table.name}_{column}" if row is None else f"{table.name}_{column}_{row}"
