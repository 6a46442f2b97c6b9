"""Opening a case: which route, and the form of that route's opening decision."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from models.packs import Pack
from web.door import Door, Visit
from web.forms import opening
from web.pages.sheets import Deed, Sheet, opened, submitted
from web.permissions import Permission

router = APIRouter()

Opening = Annotated[Visit, Depends(Door(Permission.CASES_OPEN))]


@router.get("/open/{route}", response_model=None)
def form_of_opening(visit: Opening, route: str) -> Response:
    """Show the form of an opening decision."""
    return opened(visit, _sheet(_pack(visit, route)))


@router.post("/open/{route}", response_model=None)
async def open_case(visit: Opening, route: str) -> Response:
    """Open a case."""
    pack = _pack(visit, route)
    deed = Deed(
        lambda filled: opening.perform(visit.seat, pack, filled),
        lambda done: f"/cases/{done.case}",
    )
    return await submitted(visit, _sheet(pack), deed)


def _pack(visit: Visit, route: str) -> Pack:
    return visit.seat.desk.packs.current(route, visit.seat.today)


def _sheet(pack: Pack) -> Sheet:
    return Sheet(opening.TITLE, back="/", fields=tuple(opening.fields(pack)))
