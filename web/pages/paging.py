"""Lists by the page: how many rows one has, and where the next one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query

from models.pages import Window

ROWS = 50
"""Rows of one page; the next one goes on after its last."""

After = Annotated[UUID | None, Query()]
"""The last row of the page before, as an address says it."""


def window_after(after: UUID | None) -> Window:
    """Return the page of a list that follows a row; the first one if there is none."""
    return Window(limit=ROWS, after=after)


def onward(
    here: str, rows: Sequence[UUID], asked: Mapping[str, str] | None = None
) -> str | None:
    """Return the address of the next page, asked for alike, if this one is full."""
    last = last_of(rows)
    if last is None:
        return None
    return f"{here}?{urlencode({**(asked or {}), 'after': str(last)})}"


def last_of(rows: Sequence[UUID]) -> UUID | None:
    """Return the row that a next page follows, if this one is full."""
    return rows[-1] if len(rows) == ROWS else None


def closed_too(closed: bool) -> dict[str, str]:
    """Return what an address says where closed rows are wanted too."""
    return {"closed": "true"} if closed else {}
