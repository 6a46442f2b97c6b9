"""Lists by clock: the cases somebody works on, what others wait for, what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.pages import lists
from acts.pages.naming import names_of_cases
from acts.seat import Seat
from models.agencies import ReadReason
from models.handoffs import HandoffRecord
from models.law.procedure import Stage
from models.packs import PackStatus
from web.door import Door, Visit
from web.pages.paging import After, closed_too, onward, window_after
from web.permissions import Permission
from web.views.cases import rows_of

router = APIRouter()

ReadingCases = Annotated[Visit, Depends(Door(Permission.CASES_READ, keyless=True))]
ReadingQuestions = Annotated[
    Visit, Depends(Door(Permission.HANDOFFS_READ, keyless=True))
]


@dataclass(frozen=True)
class Wanted:
    """Which cases, in which order, from where on; names are a read of their own."""

    stage: str = ""
    order: Literal["clock", "stage"] = "clock"
    names: bool = False
    after: UUID | None = None


@router.get("/cases", response_model=None)
def my_cases(visit: ReadingCases, wanted: Annotated[Wanted, Depends()]) -> HTMLResponse:
    """Show a page of the cases that somebody works on."""
    seat = visit.seat
    found = lists.list_cases(
        seat.desk,
        seat.reader(),
        window_after(wanted.after),
        stage=wanted.stage or None,
        by_stage=wanted.order == "stage",
    )
    named = {}
    if wanted.names and visit.may_open_names:
        ids = [line.case.id for line in found]
        reader = seat.reader(ReadReason.FOLLOWING_UP)
        named = names_of_cases(seat.desk, reader, ids)
    asked = {"stage": wanted.stage, "order": wanted.order}
    values = {
        "rows": rows_of(found, seat, named),
        "wanted": wanted,
        "stages": _stages_of(seat),
        "onward": onward("/cases", [line.case.id for line in found], asked),
    }
    return visit.page("cases.html", values)


@router.get("/inbox", response_model=None)
def inbox(
    visit: ReadingQuestions, closed: bool = False, after: After = None
) -> HTMLResponse:
    """Show a page of what others asked the officer's agency, first due on top."""
    seat = visit.seat
    found = lists.inbox(seat.desk, seat.reader(), window_after(after), closed=closed)
    return _questions(visit, found.handoffs, "/inbox", after, closed=closed)


@router.get("/asked", response_model=None)
def asked(
    visit: ReadingQuestions, closed: bool = False, after: After = None
) -> HTMLResponse:
    """Show a page of what the officer's agency asked others, first due on top."""
    seat = visit.seat
    found = lists.asked_by_us(
        seat.desk, seat.reader(), window_after(after), closed=closed
    )
    return _questions(visit, found, "/asked", after, closed=closed)


def _stages_of(seat: Seat) -> list[Stage]:
    """Return the stages of the routes in force that an agency leads, each code once."""
    led = [
        each
        for each in seat.desk.packs.packs
        if each.lead is seat.agency_kind and each.status is PackStatus.IN_FORCE
    ]
    return list({row.code: row for pack in led for row in pack.stages}.values())


def _questions(
    visit: Visit,
    found: Sequence[HandoffRecord],
    here: str,
    after: UUID | None,
    *,
    closed: bool,
) -> HTMLResponse:
    values = {
        "rows": found,
        "packs": visit.seat.desk.packs,
        "ours": here == "/asked",
        "here": here,
        "closed": closed,
        "continued": after is not None,
        "onward": onward(here, [each.id for each in found], closed_too(closed)),
    }
    return visit.page("questions.html", values)
