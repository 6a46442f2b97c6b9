"""Findings: for auditors who open them, and for those who answer."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, Response

from acts.audit import finding_pages
from models.agencies import OfficerFunction, ReadReason
from models.errors import NotFound
from models.findings import Finding, FindingState, FindingStep
from models.ids import FindingId
from web.door import Door, Visit
from web.forms import findings as forms
from web.forms.fields import Filled
from web.forms.findings import STEPS, StepForm
from web.pages.audit.around import AuditingWithKeys, of_auditor
from web.pages.paging import After, closed_too, onward, window_after
from web.pages.sheets import Sheet, settled, shown
from web.permissions import Permission

router = APIRouter()

Handling = Annotated[Visit, Depends(Door(Permission.FINDINGS_HANDLE))]


@router.get("/findings", response_model=None)
def finding_list(
    visit: Handling,
    done: Literal["", "recorded"] = "",
    closed: bool = False,
    after: After = None,
) -> HTMLResponse:
    """Show the findings that concern an officer, the first due on top."""
    seat = visit.seat
    reader = seat.reader(ReadReason.CHECKING)
    found = finding_pages.listed(seat.desk, reader, window_after(after), closed=closed)
    ids = [each.finding.id for each in found]
    values = {
        "found": found,
        "closed": closed,
        "done": done,
        "onward": onward("/findings", ids, closed_too(closed)),
    }
    return of_auditor(visit, "findings", values)


@router.get("/findings/new", response_model=None)
def form_of_finding(visit: AuditingWithKeys, entry: UUID | None = None) -> Response:
    """Show the form of a new finding, about an entry if one is given."""
    return shown(visit, _opening(str(entry or "")))


@router.post("/findings/new", response_model=None)
async def open_finding(visit: AuditingWithKeys) -> Response:
    """Open a finding."""

    def perform(filled: Filled) -> object:
        return forms.open_finding(visit.seat, filled)

    return await settled(visit, _opening(""), perform, "/findings")


@router.post("/findings/{finding}", response_model=None)
def finding_page(visit: Handling, finding: UUID) -> HTMLResponse:
    """Open a finding with its texts; asked for by a form, so that no link opens one."""
    seat = visit.seat
    reader = seat.reader(ReadReason.CHECKING)
    page = finding_pages.show(seat.desk, reader, FindingId(finding))
    values = {"page": page, "steps": _offered(visit, page.finding)}
    return of_auditor(visit, "finding", values)


@router.get("/findings/{finding}/steps/{step}", response_model=None)
def form_of_step(visit: Handling, finding: UUID, step: FindingStep) -> Response:
    """Show the form of a step; whether there is such a finding, taking it tells."""
    return shown(visit, _sheet(_form(step)))


@router.post("/findings/{finding}/steps/{step}", response_model=None)
async def take_step(visit: Handling, finding: UUID, step: FindingStep) -> Response:
    """Take a step with a finding."""
    form = _form(step)

    def perform(filled: Filled) -> object:
        return form.perform(visit.seat, FindingId(finding), filled)

    return await settled(visit, _sheet(form), perform, "/findings")


def _opening(entry: str) -> Sheet:
    return Sheet(forms.TITLE, back="/findings", fields=forms.opening(entry))


def _form(step: FindingStep) -> StepForm:
    if step not in STEPS:
        raise NotFound("there is no such page")
    return STEPS[step]


def _sheet(form: StepForm) -> Sheet:
    return Sheet(form.title, back="/findings", fields=tuple(form.fields))


def _offered(visit: Visit, finding: Finding) -> list[StepForm]:
    """Return the steps that are this officer's to take now."""
    officer = visit.seat.officer
    if finding.state is FindingState.CLOSED:
        return []
    steps = []
    if finding.owner == officer.id and finding.state is FindingState.OPEN:
        steps.append(STEPS[FindingStep.ANSWER])
    theirs = finding.auditor == officer.agency
    if theirs and OfficerFunction.AUDITOR in officer.functions:
        steps += [STEPS[FindingStep.FOLLOW], STEPS[FindingStep.CLOSE]]
    return steps
