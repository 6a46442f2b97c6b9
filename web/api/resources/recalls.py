"""Recalled items: who gave them back, and who has not yet."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from acts.recalls import recalled
from acts.seat import Seat
from models.ids import ItemId
from models.recalls import RecallLine
from web.api.door import TokenDoor
from web.permissions import Permission

router = APIRouter(prefix="/api/v1/recalls", tags=["recalls"])

Reading = Annotated[Seat, Depends(TokenDoor(Permission.RECALLS_READ))]


@router.get("")
def list_recalls(seat: Reading, item: UUID | None = None) -> list[RecallLine]:
    """List the holders of recalled items, as far as one may know; or of one `item`."""
    chosen = None if item is None else ItemId(item)
    return recalled(seat.desk, seat.reader(), chosen)
