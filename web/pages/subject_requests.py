"""Requests of data subjects: recorded, followed and answered by the DPO."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, Response

from acts.audit import subject_request_pages as requests
from models.agencies import Reader, ReadReason
from models.errors import NotFound
from models.ids import SubjectRequestId
from models.subject_requests import RequestStep
from web.door import Door, Visit
from web.forms import subject_requests as forms
from web.forms.fields import Filled
from web.forms.subject_requests import STEPS, StepForm
from web.pages.paging import After, closed_too, onward, window_after
from web.pages.sheets import Sheet, settled, shown
from web.permissions import Permission

router = APIRouter()

Protecting = Annotated[Visit, Depends(Door(Permission.REQUESTS_HANDLE))]
_HOME = "/subject-requests"
_RECORDING = Sheet(forms.TITLE, back=_HOME, fields=forms.RECORDING)


@router.get("/subject-requests", response_model=None)
def request_list(
    visit: Protecting,
    done: Literal["", "recorded"] = "",
    closed: bool = False,
    after: After = None,
) -> HTMLResponse:
    """Show the requests of the officer's agency, the first due on top."""
    desk = visit.seat.desk
    found = requests.listed(desk, _reader(visit), window_after(after), closed=closed)
    ids = [each.request.id for each in found]
    values = {
        "found": found,
        "closed": closed,
        "done": done,
        "onward": onward(_HOME, ids, closed_too(closed)),
    }
    return visit.page("subject_requests.html", values)


@router.get("/subject-requests/new", response_model=None)
def form_of_request(visit: Protecting) -> Response:
    """Show the form of a new request."""
    return shown(visit, _RECORDING)


@router.post("/subject-requests/new", response_model=None)
async def record_request(visit: Protecting) -> Response:
    """Record a request."""

    def perform(filled: Filled) -> object:
        return forms.record(visit.seat, filled)

    return await settled(visit, _RECORDING, perform, _HOME)


@router.post("/subject-requests/{request}", response_model=None)
def request_page(visit: Protecting, request: UUID) -> HTMLResponse:
    """Open a request with its texts; asked for by a form, so that no link opens one."""
    page = requests.show(visit.seat.desk, _reader(visit), SubjectRequestId(request))
    values = {"page": page, "steps": forms.offered(page)}
    return visit.page("subject_request.html", values)


@router.post("/subject-requests/{request}/held", response_model=None)
def held_page(visit: Protecting, request: UUID) -> HTMLResponse:
    """Show what the agency holds about who asks, and what may be said of it."""
    found = requests.held(visit.seat.desk, _reader(visit), SubjectRequestId(request))
    return visit.page("subject_holdings.html", {"holdings": found, "request": request})


@router.get("/subject-requests/{request}/steps/{step}", response_model=None)
def form_of_step(visit: Protecting, request: UUID, step: RequestStep) -> Response:
    """Show the form of a step: what the law lets be answered to this request."""
    return shown(visit, _sheet(visit, request, _form(step)))


@router.post("/subject-requests/{request}/steps/{step}", response_model=None)
async def take_step(visit: Protecting, request: UUID, step: RequestStep) -> Response:
    """Take a step with a request."""
    form = _form(step)

    def perform(filled: Filled) -> object:
        return form.perform(visit.seat, SubjectRequestId(request), filled)

    return await settled(visit, _sheet(visit, request, form), perform, _HOME)


def _reader(visit: Visit) -> Reader:
    return visit.seat.reader(ReadReason.ANSWERING)


def _form(step: RequestStep) -> StepForm:
    if step not in STEPS:
        raise NotFound("there is no such page")
    return STEPS[step]


def _sheet(visit: Visit, request: UUID, form: StepForm) -> Sheet:
    seat, which = visit.seat, SubjectRequestId(request)
    found, rule = requests.standing(seat.desk, _reader(visit), which)
    return Sheet(form.title, back=_HOME, fields=form.fields(rule, found))
