"""A calendar at an address of its own, for programs that can send no token.

It is no resource of the API, and not in its description: no program looks for it.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from acts.pages.calendar import running_terms
from acts.seat import Seat
from models.pages import Query
from web.api.door import FeedDoor
from web.api.resources.calendar import written

PREFIX = "/calendar/"

router = APIRouter(include_in_schema=False)

Subscribed = Annotated[Seat, Depends(FeedDoor())]


@router.get(f"{PREFIX}{{token}}.ics", response_class=Response)
def feed(seat: Subscribed) -> Response:
    """Return what the calendar of the API tells; each time is a read, and logged."""
    return written(seat, running_terms(seat.desk, seat.reader(), Query.FEED))
