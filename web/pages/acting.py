"""Acts on a case or on a question: the page of each, and doing it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from acts.looking_up import find_handoff, find_item, pack_of
from acts.pages.offering import check_offered
from models.act_kinds import ActKind
from models.errors import NotFound
from models.ids import CaseId, HandoffId, ItemId
from web.door import Door, Visit
from web.forms import parts
from web.forms.catalogue import OF_CASES, OF_ITEMS, OF_QUESTIONS
from web.forms.fields import Filled
from web.forms.form import Form, Place
from web.forms.receiving import filled_in
from web.pages.sheets import Button, Deed, Sheet, Told, opened, shown, submitted
from web.permissions import Permission
from web.sensitive import SENSITIVE
from web.views.previews import ShownPreview, shown_preview

router = APIRouter()

Acting = Annotated[Visit, Depends(Door(Permission.ACTS_DO))]


@router.get("/cases/{case}/acts/{act}", response_model=None)
def form_of_case(visit: Acting, case: UUID, act: ActKind) -> Response:
    """Show the form of an act on a case."""
    form = _form(OF_CASES, act)
    place = _on_case(visit, case)
    check_offered(visit.seat, place.case, act)
    return opened(visit, _sheet(form, place, Filled()))


@router.post("/cases/{case}/acts/{act}", response_model=None)
async def act_on_case(visit: Acting, case: UUID, act: ActKind) -> Response:
    """Do an act on a case."""
    form = _form(OF_CASES, act)
    return await _done(visit, form, await asyncio.to_thread(_on_case, visit, case))


@router.get("/handoffs/{handoff}/acts/{act}", response_model=None)
def form_of_question(visit: Acting, handoff: UUID, act: ActKind) -> Response:
    """Show the form of an act on a question."""
    form = _form(OF_QUESTIONS, act)
    return opened(visit, _sheet(form, _on_question(visit, handoff), Filled()))


@router.post("/handoffs/{handoff}/acts/{act}", response_model=None)
async def act_on_question(visit: Acting, handoff: UUID, act: ActKind) -> Response:
    """Do an act on a question."""
    form = _form(OF_QUESTIONS, act)
    place = await asyncio.to_thread(_on_question, visit, handoff)
    return await _done(visit, form, place)


@router.get("/items/{item}/acts/{act}", response_model=None)
def form_of_item(visit: Acting, item: UUID, act: ActKind) -> Response:
    """Show the form of an act on an item."""
    form = _form(OF_ITEMS, act)
    return opened(visit, _sheet(form, _on_item(visit, item), Filled()))


@router.post("/items/{item}/acts/{act}", response_model=None)
async def act_on_item(visit: Acting, item: UUID, act: ActKind) -> Response:
    """Do an act on an item."""
    form = _form(OF_ITEMS, act)
    return await _done(visit, form, await asyncio.to_thread(_on_item, visit, item))


def _form(forms: Mapping[ActKind, Form], act: ActKind) -> Form:
    if act not in forms:
        raise NotFound("there is no such page")
    return forms[act]


def _on_case(visit: Visit, case: UUID) -> Place:
    seat = visit.seat
    return Place(seat, pack_of(seat.desk, seat.officer, CaseId(case)), CaseId(case))


def _on_question(visit: Visit, handoff: UUID) -> Place:
    seat = visit.seat
    found = find_handoff(seat.desk, seat.officer, HandoffId(handoff))
    pack = seat.desk.packs.get(found.route, found.pack_version)
    return Place(seat, pack, found.case, found)


def _on_item(visit: Visit, item: UUID) -> Place:
    seat = visit.seat
    known = find_item(seat.desk, seat.officer, ItemId(item))
    pack = pack_of(seat.desk, seat.officer, known.case)
    return Place(seat, pack, known.case, item=known)


def _sheet(form: Form, place: Place, filled: Filled) -> Sheet:
    """Return the sheet of a form; it asks the database what can be chosen."""
    fields, barred, most = form.fields(place), form.barred(place), form.most(place)
    room = parts.room(filled, most)
    return Sheet(
        form.title,
        place.page,
        tuple(parts.in_parts(fields, room)),
        tuple(barred),
        filled,
        sensitive=SENSITIVE.get(form.act, ""),
        leads_to_preview=form.preview is not None,
        told=_told(form, place),
        carried={parts.ROOM: str(room)} if most > 1 else {},
        buttons=_for_room(room, most),
        focus=parts.named(fields[0].name, room) if filled.yes(parts.MORE) else "",
    )


def _told(form: Form, place: Place) -> Told | None:
    """Return what an act does that asks nothing, by the row of its route."""
    if not form.says:
        return None
    row = place.pack.act(form.act)
    started = tuple(place.pack.clock(code).label for code in row.starts)
    return Told(form.says, row.article, started)


def _for_room(room: int, most: int) -> tuple[Button, ...]:
    """Return the buttons for one more part and for one less, where there can be one."""
    more = (Button(parts.MORE, parts.ONE_MORE),) if room < most else ()
    less = (Button(parts.LESS, parts.ONE_LESS),) if room > 1 else ()
    return (*more, *less)


async def _done(visit: Visit, form: Form, place: Place) -> Response:
    filled = await filled_in(visit.request)
    sheet = await asyncio.to_thread(_sheet, form, place, filled)
    if parts.asks_for_room(filled):
        return shown(visit, sheet)
    deed = Deed(
        lambda filled: form.perform(place, filled),
        lambda _: "/" if form.ends_sight else place.page,
        _preview(visit, form, place),
    )
    return await submitted(visit, sheet, deed)


def _preview(
    visit: Visit, form: Form, place: Place
) -> Callable[[Filled], ShownPreview] | None:
    """Return what shows an act before it is done, where another agency will see it."""
    if form.preview is None:
        return None
    look, sharing = form.preview, visit.seat.desk.sharing

    def see(filled: Filled) -> ShownPreview:
        found = look(place, filled)
        return shown_preview(found, place.pack, sharing, visit.language, filled)

    return see
