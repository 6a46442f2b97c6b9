"""Statutory lists of the data-protection officer's agency, and what stands on one."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from acts.audit import statutory
from acts.audit.statutory import ListRead
from acts.seat import Seat
from models.agencies import ReadReason
from models.statutory import StatutoryList
from web.api.door import TokenDoor
from web.api.paging import Page, PageWindow, page
from web.permissions import Permission

router = APIRouter(prefix="/api/v1/statutory-lists", tags=["audits"])

Protecting = Annotated[Seat, Depends(TokenDoor(Permission.LISTS_MAKE))]


@router.get("")
def list_lists(seat: Protecting, window: PageWindow) -> Page[StatutoryList]:
    """List the statutory lists that were made, newest first."""
    reader = seat.reader(ReadReason.CHECKING)
    found = statutory.listed(seat.desk, reader, window)
    return page(found, [each.id for each in found], window)


@router.post("/{statutory_list}/open")
def open_list(seat: Protecting, statutory_list: UUID) -> ListRead:
    """Open a statutory list; logged before anything comes out."""
    reader = seat.reader(ReadReason.CHECKING)
    return statutory.show(seat.desk, reader, statutory_list)
