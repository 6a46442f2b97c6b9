"""Doing an act on a page: the form, what does not hold, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from acts.finding import find_handoff, pack_of
from models.act_kinds import ActKind
from models.errors import EstafetteError, NotFound, Unavailable
from models.ids import CaseId, HandoffId
from web.door import Door, Visit
from web.faults import status_of
from web.forms.catalogue import OF_CASES, OF_QUESTIONS
from web.forms.fields import Barred, Field, Filled, faults_of
from web.forms.form import Form, Place
from web.permissions import Permission

router = APIRouter()

Acting = Annotated[Visit, Depends(Door(Permission.ACTS_DO))]
LARGEST_FORM = 12_000_000
"""Bytes of all parts of a form; `acts` has its own limit for what it seals."""


@dataclass(frozen=True)
class Sheet:
    """A form in front of somebody: what is filled in, and what does not hold."""

    title: str
    back: str
    fields: tuple[Field, ...]
    filled: Filled
    faults: Mapping[str, str]
    barred: tuple[Barred, ...] = ()
    refused: EstafetteError | None = None


@router.get("/cases/{case}/acts/{act}", response_model=None)
def form_of_case(visit: Acting, case: UUID, act: ActKind) -> Response:
    """Show the form of an act on a case."""
    return _blank(visit, _form(OF_CASES, act), _on_case(visit, case), f"/cases/{case}")


@router.post("/cases/{case}/acts/{act}", response_model=None)
async def act_on_case(visit: Acting, case: UUID, act: ActKind) -> Response:
    """Do an act on a case."""
    form = _form(OF_CASES, act)
    return await _done(visit, form, lambda: _on_case(visit, case), f"/cases/{case}")


@router.get("/handoffs/{handoff}/acts/{act}", response_model=None)
def form_of_question(visit: Acting, handoff: UUID, act: ActKind) -> Response:
    """Show the form of an act on a question."""
    place = _on_question(visit, handoff)
    return _blank(visit, _form(OF_QUESTIONS, act), place, f"/handoffs/{handoff}")


@router.post("/handoffs/{handoff}/acts/{act}", response_model=None)
async def act_on_question(visit: Acting, handoff: UUID, act: ActKind) -> Response:
    """Do an act on a question."""
    form, back = _form(OF_QUESTIONS, act), f"/handoffs/{handoff}"
    return await _done(visit, form, lambda: _on_question(visit, handoff), back)


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


def _blank(visit: Visit, form: Form, place: Place, back: str) -> Response:
    fields = tuple(form.fields(place))
    barred = tuple(form.barred(place))
    return shown(visit, Sheet(form.title, back, fields, Filled(), {}, barred))


async def _done(
    visit: Visit, form: Form, find: Callable[[], Place], back: str
) -> Response:
    place = await asyncio.to_thread(find)
    fields = tuple(await asyncio.to_thread(form.fields, place))
    barred = tuple(await asyncio.to_thread(form.barred, place))
    filled = await filled_in(visit)
    sheet = Sheet(form.title, back, fields, filled, faults_of(fields, filled), barred)
    if sheet.faults:
        return shown(visit, sheet, 422)
    try:
        done = await form.perform(place, filled)
    except Unavailable:
        raise
    except EstafetteError as refused:
        said = replace(sheet, refused=refused)
        return shown(visit, said, status_of(refused))
    word = "recorded" if done.taken_up else "stored"
    return RedirectResponse(f"{back}?done={word}", status_code=303)


async def filled_in(visit: Visit) -> Filled:
    """Return what a form brought."""
    async with visit.request.form(max_part_size=LARGEST_FORM) as given:
        return await _filled(given)


async def _filled(given: FormData) -> Filled:
    values: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    for name, value in given.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files[name] = await value.read()
        else:
            values.setdefault(name, []).append(value)
    return Filled(values, files)


def shown(visit: Visit, sheet: Sheet, status: int = 200) -> Response:
    """Return the page of a sheet."""
    return visit.page("act.html", {"sheet": sheet}, status=status)
