"""Opening a case: which route, and the form of that route's opening decision."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from models.errors import EstafetteError, Unavailable
from models.packs import Pack
from web.door import Door, Visit
from web.faults import status_of
from web.forms import opening
from web.forms.fields import Filled, faults_of
from web.pages.acting import Sheet, filled_in, shown
from web.permissions import Permission

router = APIRouter()

Opening = Annotated[Visit, Depends(Door(Permission.CASES_OPEN))]


@router.get("/open/{route}", response_model=None)
def form_of_opening(visit: Opening, route: str) -> Response:
    """Show the form of an opening decision."""
    fields = tuple(opening.fields(_pack(visit, route)))
    return shown(visit, Sheet(opening.TITLE, "/", fields, Filled(), {}))


@router.post("/open/{route}", response_model=None)
async def open_case(visit: Opening, route: str) -> Response:
    """Open a case."""
    pack = _pack(visit, route)
    fields = tuple(opening.fields(pack))
    filled = await filled_in(visit)
    faults = faults_of(fields, filled)
    if faults:
        return shown(visit, Sheet(opening.TITLE, "/", fields, filled, faults), 422)
    try:
        done = await opening.perform(visit.seat, pack, filled)
    except Unavailable:
        raise
    except EstafetteError as refused:
        sheet = Sheet(opening.TITLE, "/", fields, filled, {}, refused=refused)
        return shown(visit, sheet, status_of(refused))
    word = "recorded" if done.taken_up else "stored"
    return RedirectResponse(f"/cases/{done.case}?done={word}", status_code=303)


def _pack(visit: Visit, route: str) -> Pack:
    return visit.seat.desk.packs.current(route, visit.seat.today)
