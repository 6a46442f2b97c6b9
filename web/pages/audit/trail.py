"""The trail: who did or was shown what, when, why; and one entry with its rulings."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from acts.audit.auditing import trail_of
from acts.audit.one_entry import show_entry
from models.agencies import ReadReason
from web.pages.audit.around import Auditing, list_of_auditor, of_auditor
from web.views.entries import told
from web.views.narrowing import ENTRIES, KIND

router = APIRouter()


@router.get("/audit/trail", response_model=None)
def trail_page(visit: Auditing) -> HTMLResponse:
    """Show a page of the trail, latest first, narrowed as the query says."""
    fields = [*ENTRIES, KIND]
    return list_of_auditor(visit, "trail", fields, trail_of, lambda each: each.entry)


@router.get("/audit/entries/{entry}", response_model=None)
def entry_page(visit: Auditing, entry: UUID) -> HTMLResponse:
    """Show one entry, with the rulings behind it in words."""
    seat = visit.seat
    found = show_entry(seat.desk, seat.reader(ReadReason.CHECKING), entry)
    shown = told(found, seat.desk.sharing, visit.language)
    return of_auditor(visit, "entry", {"shown": shown})
