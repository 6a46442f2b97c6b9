"""One question to an agency, for whoever has part in it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.next_steps import next_on_question
from acts.pages.whole_handoff import show_whole_handoff
from models.act_kinds import ActKind
from models.ids import HandoffId
from web.door import Door, Visit
from web.forms.catalogue import OF_QUESTIONS, offered
from web.forms.people import fitting
from web.permissions import Permission
from web.views.items import deeds_on_items
from web.views.questions import second_key

router = APIRouter()

Reading = Annotated[Visit, Depends(Door(Permission.HANDOFFS_READ))]


@router.get("/handoffs/{handoff}", response_model=None)
def handoff_page(
    visit: Reading, handoff: UUID, done: Literal["", "recorded", "stored"] = ""
) -> HTMLResponse:
    """Show a question with the headers of its items, and what can be done on it."""
    seat = visit.seat
    whole = show_whole_handoff(seat.desk, seat.reader(), HandoffId(handoff))
    record, workers = whole.found.handoff, whole.workers
    pack = seat.desk.packs.get(record.route, record.pack_version)
    steps = next_on_question(seat.desk, seat.officer, record).steps
    may = [row.act for row in pack.acts if seat.officer.functions & set(row.by)]
    key = second_key(steps, seat.officer)
    values = {
        "found": whole.found,
        "ours": pack.lead is seat.agency_kind and record.asker == seat.officer.agency,
        "source": pack.source(record.source),
        "packs": seat.desk.packs,
        "done": done,
        "second_key": key,
        "to_take": ActKind.HANDOFF_RECEIVE in [step.act for step in steps],
        "steps": offered(OF_QUESTIONS, key.acts if key else [s.act for s in steps]),
        "waiting": whole.waiting,
        "release": whole.release,
        "deeds": deeds_on_items(seat.officer, pack, leads=False),
        "workers": workers.of_question(record.id),
        "of_people": offered(OF_QUESTIONS, fitting(may, workers)),
    }
    return visit.page("handoff.html", values)
