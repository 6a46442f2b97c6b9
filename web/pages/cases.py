"""One case: stages, clocks with their counting, questions, items, story."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.pages.whole_case import show_whole_case
from models.ids import CaseId
from web.door import Door, Visit
from web.forms.catalogue import OF_CASES, offered
from web.forms.people import OF_PEOPLE, fitting
from web.permissions import Permission
from web.views.cases import page_of
from web.views.items import deeds_on_items
from web.views.offers import by_others, not_now

router = APIRouter()

Reading = Annotated[Visit, Depends(Door(Permission.CASES_READ))]


@router.get("/cases/{case}", response_model=None)
def case_page(
    visit: Reading, case: UUID, done: Literal["", "recorded", "stored"] = ""
) -> HTMLResponse:
    """Show a case as far as the officer may know of it, and what can be done on it."""
    seat = visit.seat
    whole = show_whole_case(seat.desk, seat.reader(), CaseId(case))
    found, onward, workers = whole.found, whole.onward, whole.workers
    shown = page_of(found, seat)
    functions = seat.officer.functions
    refused = {each.act for each in onward.hindered} | OF_PEOPLE
    may = shown.acts_of(functions)
    leads = found.case.agency == seat.officer.agency
    values = {
        "shown": shown,
        "done": done,
        "waiting": whole.waiting,
        "steps": offered(OF_CASES, [each.act for each in onward.steps if not each.by]),
        "by_others": [*by_others(onward.steps)] if leads else [],
        "others": offered(OF_CASES, [each for each in may if each not in refused]),
        "not_now": [*not_now(shown, functions, onward.hindered)] if leads else [],
        "workers": workers,
        "of_people": offered(OF_CASES, fitting(may, workers)),
        "deeds": deeds_on_items(seat.officer, shown.pack, leads=leads),
    }
    return visit.page("case.html", values)
