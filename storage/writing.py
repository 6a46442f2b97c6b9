"""Rows that belong together, gathered and then written in as few trips as can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from sqlalchemy import (
    Connection,
    Executable,
    Table,
    bindparam,
    insert,
    literal,
    select,
)

Row = Mapping[str, object]
Shape = tuple[tuple[Table, tuple[str, ...]], ...]


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
        """Add what was gathered: one trip for all single rows, one per other table."""
        single = {table: rows[0] for table, rows in self._rows.items() if not rows[1:]}
        if single:
            shape = tuple((table, tuple(row)) for table, row in single.items())
            given = {
                _name(table, column): value
                for table, row in single.items()
                for column, value in row.items()
            }
            self.connection.execute(_one_of_each(shape), given)
        for table, rows in self._rows.items():
            if table not in single:
                self.connection.execute(insert(table), rows)


@contextmanager
def together(connection: Connection) -> Iterator[Rows]:
    """Lend a gathering of rows, and write them at the end."""
    rows = Rows(connection)
    yield rows
    rows.write()


@cache
def _one_of_each(shape: Shape) -> Executable:
    """Return a statement that adds one row to each table; there are few shapes."""
    added = (insert(table).values(_wanted(table, names)) for table, names in shape)
    return select(literal(1)).add_cte(*(each.cte() for each in added))


def _wanted(table: Table, names: tuple[str, ...]) -> dict[str, object]:
    return {n: bindparam(_name(table, n), type_=table.c[n].type) for n in names}


def _name(table: Table, column: str) -> str:
    return f"{table.name}_{column}"
