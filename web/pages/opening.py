"""Opening a case: which route, and the form of that route's opening decision."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from models.packs import Pack
from web.door import Door, Visit
from web.forms import opening
from web.forms.fields import Filled
from web.forms.receiving import filled_in
from web.pages.sheets import Deed, More, Sheet, opened, shown, submitted
from web.permissions import Permission

router = APIRouter()

Opening = Annotated[Visit, Depends(Door(Permission.CASES_OPEN))]


@router.get("/open/{route}", response_model=None)
def form_of_opening(visit: Opening, route: str) -> Response:
    """Show the form of an opening decision."""
    return opened(visit, _sheet(_pack(visit, route), Filled()))


@router.post("/open/{route}", response_model=None)
async def open_case(visit: Opening, route: str) -> Response:
    """Open a case."""
    pack = _pack(visit, route)
    filled = await filled_in(visit.request)
    sheet = _sheet(pack, filled)
    if filled.yes(opening.MORE):
        return shown(visit, sheet)
    deed = Deed(
        lambda filled: opening.perform(visit.seat, pack, filled),
        lambda done: f"/cases/{done.case}",
    )
    return await submitted(visit, sheet, deed, filled)


def _pack(visit: Visit, route: str) -> Pack:
    return visit.seat.desk.packs.current(route, visit.seat.today)


def _sheet(pack: Pack, filled: Filled) -> Sheet:
    persons = opening.room(filled)
    return Sheet(
        opening.TITLE,
        back="/",
        fields=tuple(opening.fields(pack, persons)),
        filled=filled,
        more=More(opening.PERSONS, str(persons), opening.MORE, opening.ADD),
    )
