"""Pages of lists: so many rows, and the cursor from which the next page goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel

from models.pages import LARGEST_PAGE, Window

Row = TypeVar("Row")


def _window(
    limit: Annotated[
        int, Query(ge=1, le=LARGEST_PAGE, description="How many rows at most.")
    ] = 50,
    cursor: Annotated[
        UUID | None, Query(description="The `next` of the page before.")
    ] = None,
) -> Window:
    return Window(limit=limit, after=cursor)


PageWindow = Annotated[Window, Depends(_window)]


class Page(BaseModel, Generic[Row]):
    """Rows of a list; with `next` as `cursor` it goes on."""

    rows: list[Row]
    next: UUID | None = None


def next_of(ids: Sequence[UUID], window: Window) -> UUID | None:
    """Return where a list goes on after a page: nowhere, if it was not full."""
    return ids[-1] if len(ids) == window.limit else None


def page(rows: Sequence[Row], ids: Sequence[UUID], window: Window) -> Page[Row]:
    """Return a page of rows with these ids."""
    return Page(rows=list(rows), next=next_of(ids, window))
