"""Home: what blocks one's cases today, and what others wait for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.pages import lists
from acts.pages.naming import names_of_cases
from models.agencies import ReadReason
from web.door import Door, Visit
from web.permissions import Permission
from web.views.cases import rows_of

router = APIRouter()

Reading = Annotated[Visit, Depends(Door(Permission.CASES_READ))]


@router.get("/", response_model=None)
def home(visit: Reading, names: bool = False) -> HTMLResponse:
    """Show the officer's cases by clock, the inbox and the newest notices.

    Names are opened only if asked: that is a read of its own, which the log says.
    """
    seat = visit.seat
    found = lists.list_cases(seat.desk, seat.reader())
    named = {}
    if names:
        reader = seat.reader(ReadReason.FOLLOWING_UP)
        named = names_of_cases(seat.desk, reader, [line.case.id for line in found])
    values = {
        "cases": rows_of(found, seat, named),
        "named": names,
        "inbox": lists.inbox(seat.desk, seat.reader()),
        "packs": seat.desk.packs,
    }
    return visit.page("home.html", values)
