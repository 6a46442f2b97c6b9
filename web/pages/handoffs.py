"""One question to an agency, for whoever has part in it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.next_steps import next_on_question
from acts.pages.one_handoff import show_handoff
from models.ids import HandoffId
from web.door import Door, Visit
from web.forms.catalogue import OF_QUESTIONS, offered
from web.permissions import Permission

router = APIRouter()

Reading = Annotated[Visit, Depends(Door(Permission.HANDOFFS_READ))]


@router.get("/handoffs/{handoff}", response_model=None)
def handoff_page(
    visit: Reading, handoff: UUID, done: Literal["", "recorded", "stored"] = ""
) -> HTMLResponse:
    """Show a question with the headers of its items, and what can be done on it."""
    seat = visit.seat
    found = show_handoff(seat.desk, seat.reader(), HandoffId(handoff))
    record = found.handoff
    pack = seat.desk.packs.get(record.route, record.pack_version)
    steps = next_on_question(seat.desk, seat.officer, record).steps
    values = {
        "found": found,
        "source": pack.source(record.source),
        "done": done,
        "steps": offered(OF_QUESTIONS, [each.act for each in steps]),
    }
    return visit.page("handoff.html", values)
