"""The central register, for those who keep it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.pages.register import list_register
from web.door import Door, Visit
from web.pages.paging import After, onward, window_after
from web.permissions import Permission

router = APIRouter()

Keeping = Annotated[Visit, Depends(Door(Permission.REGISTER_READ))]


@router.get("/register", response_model=None)
def register(visit: Keeping, after: After = None) -> HTMLResponse:
    """Show a page of what was filed, newest first."""
    seat = visit.seat
    found = list_register(seat.desk, seat.reader(), window_after(after))
    values = {
        "found": found,
        "onward": onward("/register", [each.id for each in found]),
    }
    return visit.page("register.html", values)
