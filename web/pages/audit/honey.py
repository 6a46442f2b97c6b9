"""Honey records: items that nobody has a task with, watched by auditors."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Form
from starlette.responses import HTMLResponse, RedirectResponse, Response

from acts.audit import honey
from models.agencies import ReadReason
from models.errors import EstafetteError
from models.ids import ItemId
from web.faults import status_of
from web.forms.ids import id_meant
from web.pages.audit.around import Auditing, of_auditor
from web.views.narrowing import BEGINS

router = APIRouter()


@router.get("/audit/honey", response_model=None)
def honey_page(
    visit: Auditing, done: Literal["", "recorded"] = "", item: str = ""
) -> HTMLResponse:
    """Show the honey records of the auditor's agency."""
    return _page(visit, done=done, typed=item)


@router.post("/audit/honey", response_model=None)
def set_honey(visit: Auditing, item: Annotated[str, Form()] = "") -> Response:
    """Watch an item from now on."""
    seat = visit.seat
    try:
        reader = seat.reader(ReadReason.CHECKING)
        meant = ItemId(id_meant(seat, "item of the trail", item))
        honey.set_honey(seat.desk, reader, meant)
    except EstafetteError as refused:
        return _page(visit, typed=item, refused=refused)
    return RedirectResponse("/audit/honey?done=recorded", status_code=303)


@router.post("/audit/honey/{item}/lift", response_model=None)
def lift_honey(visit: Auditing, item: UUID) -> Response:
    """Watch an item no more."""
    seat = visit.seat
    honey.lift_honey(seat.desk, seat.reader(ReadReason.CHECKING), ItemId(item))
    return RedirectResponse("/audit/honey?done=recorded", status_code=303)


def _page(
    visit: Auditing,
    *,
    done: str = "",
    typed: str = "",
    refused: EstafetteError | None = None,
) -> HTMLResponse:
    seat = visit.seat
    found = honey.listed(seat.desk, seat.reader(ReadReason.CHECKING))
    values = {
        "found": found,
        "done": done,
        "typed": typed,
        "refused": refused,
        "begins": BEGINS,
    }
    status = status_of(refused) if refused else 200
    return of_auditor(visit, "honey", values, status=status)
