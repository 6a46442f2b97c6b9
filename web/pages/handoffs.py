"""One question to an agency, for whoever has part in it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.pages.lists import show_handoff
from models.ids import HandoffId
from web.door import Door, Visit
from web.permissions import Permission

router = APIRouter()

Reading = Annotated[Visit, Depends(Door(Permission.HANDOFFS_READ))]


@router.get("/handoffs/{handoff}", response_model=None)
def handoff_page(visit: Reading, handoff: UUID) -> HTMLResponse:
    """Show a question with the headers of its items."""
    seat = visit.seat
    found = show_handoff(seat.desk, seat.reader(), HandoffId(handoff))
    record = found.handoff
    pack = seat.desk.packs.get(record.route, record.pack_version)
    values = {"found": found, "source": pack.source(record.source)}
    return visit.page("handoff.html", values)
