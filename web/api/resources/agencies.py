"""Agencies: whom one may have to do with, as the directory has them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel

from acts.seat import Seat
from models.agencies import AgencyKind, AgencyName
from models.ids import AgencyId
from storage.engine import transaction
from storage.people import directory
from web.api.door import TokenDoor
from web.permissions import Permission

router = APIRouter(prefix="/api/v1/agencies", tags=["agencies"])

Reading = Annotated[Seat, Depends(TokenDoor(Permission.PACKS_READ))]
Name = Annotated[str, Path(pattern="^[a-z0-9-]{1,60}$", description="Such as pz-midi.")]


class AgencyLine(BaseModel):
    """A body that takes part: of which kind it is, and what people call it."""

    id: AgencyId
    kind: AgencyKind
    name: AgencyName


@router.get("/{agency}")
def one_agency(seat: Reading, agency: Name) -> AgencyLine:
    """Return an agency of the directory."""
    with transaction(seat.desk.database) as connection:
        found = directory.agency(connection, agency)
    return AgencyLine.model_validate(found, from_attributes=True)
