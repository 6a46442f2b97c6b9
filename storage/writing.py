"""Rows of several tables that one statement writes: one trip to the database."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import (
    BindParameter,
    Executable,
    Table,
    bindparam,
    insert,
    literal,
    select,
)


def rows_into(*tables: Table) -> Executable:
    """Return a statement that adds one row to each table, or to none.

    Take its parameters from `row_of`, once for each table; every column is wanted.
    """
    rows = [insert(table).values(_wanted(table)) for table in tables]
    return select(literal(1)).add_cte(*(row.cte() for row in rows))


def row_of(table: Table, values: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters of `rows_into` that stand for one row of a table."""
    return {_name(table, column): value for column, value in values.items()}


def _wanted(table: Table) -> dict[str, BindParameter[object]]:
    return {c.name: bindparam(_name(table, c.name), type_=c.type) for c in table.c}


def _name(table: Table, column: str) -> str:
    return f"{table.name}_{column}"
