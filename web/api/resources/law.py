"""The law that cases are under: packs, as they are loaded."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from acts.seat import Seat
from models.agencies import AgencyKind
from models.law.rows import Label
from models.packs import Pack, PackStatus
from web.api.door import TokenDoor
from web.permissions import Permission

router = APIRouter(prefix="/api/v1/packs", tags=["law"])

Reading = Annotated[Seat, Depends(TokenDoor(Permission.PACKS_READ))]


class PackLine(BaseModel):
    """A pack: a route of law as it is from a day on."""

    id: str
    version: date
    title: Label
    status: PackStatus
    lead: AgencyKind
    digest: str


@router.get("")
def list_packs(seat: Reading) -> list[PackLine]:
    """List the routes of law with all their versions."""
    return [pack_line(each) for each in seat.desk.packs.packs]


@router.get("/{route}/{version}")
def one_pack(seat: Reading, route: str, version: date) -> Pack:
    """Return one version of a route: stages, acts, sources and terms."""
    return seat.desk.packs.get(route, version)


def pack_line(pack: Pack) -> PackLine:
    """Return what tells one version of a route from others."""
    return PackLine.model_validate(pack, from_attributes=True)
