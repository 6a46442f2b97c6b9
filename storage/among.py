"""Conditions on a column that is to be one of several ids, given as one array.

A list that is spelled out is another statement for each length: it is written, parsed
and planned anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, bindparam


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return the condition that a column is in the array given as parameter `name`."""
    return column == any_(bindparam(name, type_=ARRAY(column.type)))
