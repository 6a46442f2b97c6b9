"""Opening a case: which route, the form of its opening decision, and drafts of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from acts import opening_drafts
from acts.people import who_could_work
from acts.performing import Done
from models.errors import EstafetteError, Unavailable
from models.packs import Pack
from web.door import Door, Visit
from web.faults import status_of
from web.forms import opening, parts
from web.forms.fields import Filled
from web.forms.receiving import filled_in
from web.pages.sheets import Button, Deed, Sheet, opened, shown, submitted
from web.permissions import Permission

router = APIRouter()

Opening = Annotated[Visit, Depends(Door(Permission.CASES_OPEN))]


@router.get("/open/{route}", response_model=None)
def form_of_opening(visit: Opening, route: str) -> Response:
    """Show the form of an opening decision."""
    return opened(visit, _sheet(visit, _pack(visit, route), Filled()))


@router.post("/open/{route}", response_model=None)
async def open_case(visit: Opening, route: str) -> Response:
    """Open a case, make room for one more person, or keep what was typed so far."""
    pack = _pack(visit, route)
    filled = await filled_in(visit.request)
    sheet = await asyncio.to_thread(_sheet, visit, pack, filled)
    if parts.asks_for_room(filled):
        return shown(visit, sheet)
    if filled.yes(opening.SAVE):
        return await asyncio.to_thread(_save, visit, sheet, route)
    deed = Deed(
        lambda filled: _open(visit, pack, filled), lambda done: f"/cases/{done.case}"
    )
    return await submitted(visit, sheet, deed)


@router.post("/drafts/{draft}", response_model=None)
def go_on_with_a_draft(visit: Opening, draft: UUID) -> Response:
    """Show a draft to go on with; asked for by a form, so that no link opens it."""
    seat = visit.seat
    found, typed = opening_drafts.take_up(seat.desk, seat.reader(), draft)
    filled = Filled({**typed, opening.DRAFT: [str(draft)]})
    return opened(visit, _sheet(visit, _pack(visit, found.route), filled))


@router.post("/drafts/{draft}/drop", response_model=None)
def drop_a_draft(visit: Opening, draft: UUID) -> RedirectResponse:
    """Destroy a draft."""
    opening_drafts.drop(visit.seat.desk, visit.seat.officer, draft)
    return RedirectResponse("/", status_code=303)


async def _open(visit: Visit, pack: Pack, filled: Filled) -> Done:
    """Open the case; its draft has done its work."""
    done = await opening.perform(visit.seat, pack, filled)
    await asyncio.to_thread(_drop, visit, filled)
    return done


def _save(visit: Visit, sheet: Sheet, route: str) -> Response:
    """Keep what was typed in the place of what was kept before."""
    seat, typed = visit.seat, opening.typed(sheet.filled)
    try:
        opening_drafts.save(seat.desk, seat.officer, route, typed)
    except Unavailable:
        raise
    except EstafetteError as refused:
        return shown(visit, replace(sheet, refused=refused), status_of(refused))
    _drop(visit, sheet.filled)
    return RedirectResponse("/?done=recorded", status_code=303)


def _drop(visit: Visit, filled: Filled) -> None:
    """Destroy the draft that a form went on with, if it did with one."""
    named = filled.text(opening.DRAFT)
    try:
        draft = UUID(named)
    except ValueError:
        return
    opening_drafts.drop(visit.seat.desk, visit.seat.officer, draft)


def _pack(visit: Visit, route: str) -> Pack:
    return visit.seat.desk.packs.current(route, visit.seat.today)


def _sheet(visit: Visit, pack: Pack, filled: Filled) -> Sheet:
    persons, seat = parts.room(filled, opening.MOST), visit.seat
    could = who_could_work(seat.desk, seat.officer, pack)
    # Whoever opens a case is named for it by that.
    officers = [each.id for each in could if each.id != seat.officer.id]
    carried = {parts.ROOM: str(persons), opening.DRAFT: filled.text(opening.DRAFT)}
    return Sheet(
        opening.TITLE,
        back="/",
        action=f"/open/{pack.id}",
        fields=tuple(opening.fields(pack, persons, officers)),
        filled=filled,
        carried=carried,
        buttons=(
            Button(opening.SAVE, opening.SAVE_IT),
            Button(parts.MORE, opening.ADD),
        ),
    )
