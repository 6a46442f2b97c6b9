"""Terms as a calendar (RFC 5545): ids and words of the law, no names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from icalendar import Calendar, Event

from acts.pages.calendar import running_terms
from acts.seat import Seat
from models.deadlines import DeadlineRecord
from web.api.door import TokenDoor
from web.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["calendar"])

MEDIA_TYPE = "text/calendar"
_ANEW = timedelta(hours=6)
Reading = Annotated[Seat, Depends(TokenDoor(Permission.CALENDAR_READ))]


@router.get(
    "/calendar.ics",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
)
def calendar(seat: Reading) -> Response:
    """Return the last days of the terms that run in one's cases and questions."""
    return written(seat, running_terms(seat.desk, seat.reader()))


def written(seat: Seat, terms: Iterable[DeadlineRecord]) -> Response:
    """Return terms as a calendar, which says how often to ask for it (RFC 7986)."""
    made = Calendar()
    made.add("prodid", "-//Estafette//Terms//EN")
    made.add("version", "2.0")
    made.add("refresh-interval", _ANEW, parameters={"value": "DURATION"})
    for term in terms:
        made.add_component(_event(seat, term))
    return Response(made.to_ical(), media_type=f"{MEDIA_TYPE}; charset=utf-8")


def _event(seat: Seat, term: DeadlineRecord) -> Event:
    about = f"question {term.handoff}" if term.handoff else f"case {term.case}"
    event = Event()
    event.add("uid", f"{term.id}@estafette")
    event.add("dtstamp", seat.desk.clock.now())
    event.add("dtstart", term.due_on)
    event.add("dtend", term.due_on + timedelta(days=1))
    event.add("summary", f"last day: {term.clock}")
    event.add("description", about)
    event.add("transp", "TRANSPARENT")
    return event
