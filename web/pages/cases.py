"""One case: stages, clocks with their counting, questions, items, story."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.pages.overview import show_case
from models.ids import CaseId
from web.door import Door, Visit
from web.permissions import Permission
from web.views.cases import page_of

router = APIRouter()

Reading = Annotated[Visit, Depends(Door(Permission.CASES_READ))]


@router.get("/cases/{case}", response_model=None)
def case_page(visit: Reading, case: UUID) -> HTMLResponse:
    """Show a case as far as the officer may know of it."""
    seat = visit.seat
    found = show_case(seat.desk, seat.reader(), CaseId(case))
    return visit.page("case.html", {"shown": page_of(found, seat)})
