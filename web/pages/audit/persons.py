"""What agencies received about somebody: by a number, sent by a form, or by a case."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form
from starlette.responses import HTMLResponse

from acts.audit.persons import Received, received_by_number, received_in_case
from models.agencies import ReadReason
from models.errors import EstafetteError, InvalidInput
from models.ids import CaseId
from models.numbers import parse_number
from models.pages import Window
from web.faults import status_of
from web.forms.ids import id_meant
from web.pages.audit.around import AuditingWithKeys, of_auditor
from web.pages.paging import last_of, window_after
from web.views.narrowing import BEGINS

router = APIRouter()


@router.get("/audit/person", response_model=None)
def form_of_person(visit: AuditingWithKeys) -> HTMLResponse:
    """Show how to ask."""
    return _page(visit, {})


@router.post("/audit/person", response_model=None)
def received_page(
    visit: AuditingWithKeys,
    number: Annotated[str, Form()] = "",
    case: Annotated[str, Form()] = "",
    after: Annotated[UUID | None, Form()] = None,
) -> HTMLResponse:
    """Show what was received, each with whether the person may be told."""
    typed = {"number": number, "case": case}
    try:
        found = _received(visit, number.strip(), case.strip(), window_after(after))
    except EstafetteError as refused:
        status = status_of(refused)
        return _page(visit, typed | {"refused": refused}, status=status)
    onward = last_of([each.line.entry for each in found])
    return _page(visit, typed | {"found": found, "onward": onward})


def _received(
    visit: AuditingWithKeys, number: str, case: str, window: Window
) -> list[Received]:
    seat = visit.seat
    reader = seat.reader(ReadReason.CHECKING)
    if bool(number) == bool(case):
        raise InvalidInput(
            "whom it is about is said by a number or a case", help="give one of them"
        )
    if number:
        return received_by_number(seat.desk, reader, parse_number(number), window)
    meant = CaseId(id_meant(seat, "case of the trail", case))
    return received_in_case(seat.desk, reader, meant, window)


def _page(
    visit: AuditingWithKeys, given: dict[str, Any], *, status: int = 200
) -> HTMLResponse:
    empty = {
        "number": "",
        "case": "",
        "refused": None,
        "found": None,
        "onward": None,
        "begins": BEGINS,
    }
    return of_auditor(visit, "person", empty | given, status=status)
