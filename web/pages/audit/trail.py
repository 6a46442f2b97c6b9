"""The trail: who did or was shown what, when, why; and one entry with its rulings."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from acts.audit.auditing import trail_of
from acts.audit.one_entry import show_entry
from models.agencies import ReadReason
from web.pages.audit.around import Auditing, of_auditor
from web.views.entries import told
from web.views.narrowing import ENTRIES, KIND, narrowing, queried

router = APIRouter()


@router.get("/audit/trail", response_model=None)
def trail_page(visit: Auditing) -> HTMLResponse:
    """Show a page of the trail, latest first, narrowed as the query says."""
    asked = narrowing(queried(visit.request.query_params), [*ENTRIES, KIND])
    if asked.faults:
        return of_auditor(visit, "trail", {"asked": asked}, status=422)
    seat = visit.seat
    reader = seat.reader(ReadReason.CHECKING)
    found = trail_of(seat.desk, reader, asked.wanted, asked.window)
    onward = asked.onward("/audit/trail", [each.entry for each in found])
    values = {"asked": asked, "found": found, "onward": onward}
    return of_auditor(visit, "trail", values)


@router.get("/audit/entries/{entry}", response_model=None)
def entry_page(visit: Auditing, entry: UUID) -> HTMLResponse:
    """Show one entry, with the rulings behind it in words."""
    seat = visit.seat
    found = show_entry(seat.desk, seat.reader(ReadReason.CHECKING), entry)
    shown = told(found, seat.desk.sharing, visit.language)
    return of_auditor(visit, "entry", {"shown": shown})
