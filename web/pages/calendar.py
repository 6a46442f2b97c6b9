"""An officer's calendar: an address at which programs ask for the terms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from web.api.resources.feeds import PREFIX
from web.door import Door, Visit
from web.permissions import Permission
from web.signin import feeds

router = APIRouter()

PATH = "/notices/calendar"
Subscribing = Annotated[
    Visit, Depends(Door(Permission.CALENDAR_SUBSCRIBE, keyless=True))
]


@router.get(PATH, response_model=None)
def my_calendar(visit: Subscribing) -> Response:
    """Tell until when the address counts, if there is one, and what it opens."""
    return _page(visit, feeds.ends_at(visit.seat))


@router.post(PATH, response_model=None)
def make(visit: Subscribing) -> Response:
    """Make an address and show it, once; the one before ends.

    It opens the terms for a year without a sign-in, so whoever makes one has proven
    lately, and strongly, who it is.
    """
    if not visit.is_proven:
        return _page(visit, feeds.ends_at(visit.seat), status=403)
    token, ends_at = feeds.make(visit.here, visit.seat)
    return _page(visit, ends_at, f"{visit.here.address}{PREFIX}{token}.ics")


@router.post(f"{PATH}/end", response_model=None)
def end(visit: Subscribing) -> Response:
    """End the address at once."""
    feeds.end(visit.seat)
    return RedirectResponse(f"{PATH}?done=recorded", status_code=303)


def _page(
    visit: Visit, ends_at: datetime | None, address: str = "", *, status: int = 200
) -> Response:
    values = {
        "address": address,
        "ends_at": ends_at,
        "is_proven": visit.is_proven,
        "done": visit.request.query_params.get("done", ""),
    }
    return visit.page("calendar.html", values, status=status)
