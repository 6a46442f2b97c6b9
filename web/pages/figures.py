"""What a coordinator sees of all cases together: load, delays, turnaround."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.pages.figures import figures
from models.agencies import ReadReason
from web.door import Door, Visit
from web.permissions import Permission
from web.views.figures import page_of

router = APIRouter()

Coordinating = Annotated[Visit, Depends(Door(Permission.FIGURES_READ, keyless=True))]


@router.get("/figures", response_model=None)
def figures_page(visit: Coordinating) -> HTMLResponse:
    """Show figures without names, of which none tells of few cases."""
    seat = visit.seat
    found = figures(seat.desk, seat.reader(ReadReason.CHECKING))
    return visit.page("figures.html", {"shown": page_of(found, seat)})
