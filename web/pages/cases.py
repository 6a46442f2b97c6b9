"""One case: stages, clocks with their counting, questions, items, story."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.next_steps import next_on_case
from acts.pages.overview import show_case
from acts.pages.waiting import acts_waiting
from acts.people import who_works
from models.ids import CaseId
from web.door import Door, Visit
from web.forms.catalogue import OF_CASES, offered
from web.forms.people import OF_PEOPLE, fitting
from web.permissions import Permission
from web.views.cases import page_of
from web.views.items import deeds_on_items
from web.views.offers import not_now

router = APIRouter()

Reading = Annotated[Visit, Depends(Door(Permission.CASES_READ))]


@router.get("/cases/{case}", response_model=None)
def case_page(
    visit: Reading, case: UUID, done: Literal["", "recorded", "stored"] = ""
) -> HTMLResponse:
    """Show a case as far as the officer may know of it, and what can be done on it."""
    seat = visit.seat
    found = show_case(seat.desk, seat.reader(), CaseId(case))
    shown = page_of(found, seat)
    functions = seat.officer.functions
    onward = next_on_case(seat.desk, seat.officer, CaseId(case))
    refused = {each.act for each in onward.hindered} | OF_PEOPLE
    may = shown.acts_of(functions)
    leads = found.case.agency == seat.officer.agency
    workers = who_works(seat.desk, seat.officer, CaseId(case))
    values = {
        "shown": shown,
        "done": done,
        "waiting": acts_waiting(seat.desk, seat.officer, CaseId(case)),
        "steps": offered(OF_CASES, [each.act for each in onward.steps if not each.by]),
        "others": offered(OF_CASES, [each for each in may if each not in refused]),
        "not_now": [*not_now(shown, functions, onward.hindered)] if leads else [],
        "workers": workers,
        "of_people": offered(OF_CASES, fitting(may, workers)),
        "deeds": deeds_on_items(seat.officer, shown.pack, leads=leads),
    }
    return visit.page("case.html", values)
