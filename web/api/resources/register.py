"""The central register, for those who keep it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from acts.pages.register import RegisterEntry, list_register
from acts.seat import Seat
from web.api.door import TokenDoor
from web.api.paging import Page, PageWindow, page
from web.permissions import Permission

router = APIRouter(prefix="/api/v1/register", tags=["register"])

Keeping = Annotated[Seat, Depends(TokenDoor(Permission.REGISTER_READ))]


@router.get("")
def entries(seat: Keeping, window: PageWindow) -> Page[RegisterEntry]:
    """List what municipalities filed in the register, newest first."""
    found = list_register(seat.desk, seat.reader(), window)
    return page(found, [each.id for each in found], window)
