"""What an originator keeps a hand on: who read an item, who gave it back."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.pages.readers import readers_of
from acts.recalls import recalled
from models.ids import ItemId
from web.door import Door, Visit
from web.permissions import Permission

router = APIRouter()

Reading = Annotated[Visit, Depends(Door(Permission.RECALLS_READ))]
Supervising = Annotated[Visit, Depends(Door(Permission.READERS_READ))]


@router.get("/recalls", response_model=None)
def recalls(visit: Reading) -> HTMLResponse:
    """Show who gave recalled items back, and who has not yet."""
    seat = visit.seat
    found = recalled(seat.desk, seat.reader(), None)
    return visit.page("recalls.html", {"found": found})


@router.get("/items/{item}/readers", response_model=None)
def readers(visit: Supervising, item: UUID) -> HTMLResponse:
    """Show a superior to whom an item was released."""
    seat = visit.seat
    found = readers_of(seat.desk, seat.reader(), ItemId(item))
    return visit.page("readers.html", {"item": item, "found": found})
