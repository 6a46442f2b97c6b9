"""Statutory lists: made, shown and saved by the data-protection officer."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from starlette.responses import HTMLResponse, Response

from acts.audit import statutory
from models.agencies import ReadReason
from web.door import Door, Visit
from web.forms.fields import Field, Filled, Kind
from web.languages import words
from web.pages.downloads import saved
from web.pages.paging import After, onward, window_after
from web.pages.sheets import Sheet, settled, shown
from web.permissions import Permission

router = APIRouter()

Protecting = Annotated[Visit, Depends(Door(Permission.LISTS_MAKE))]
_SHEET = Sheet(
    words("Make the list"),
    back="/statutory",
    fields=(
        Field("since", words("From this day on"), Kind.DAY),
        Field("until", words("Up to this day"), Kind.DAY),
    ),
)


@router.get("/statutory", response_model=None)
def lists_page(
    visit: Protecting, done: Literal["", "recorded"] = "", after: After = None
) -> HTMLResponse:
    """Show the lists that were made, newest first."""
    seat = visit.seat
    found = statutory.listed(
        seat.desk, seat.reader(ReadReason.CHECKING), window_after(after)
    )
    values = {
        "found": found,
        "done": done,
        "onward": onward("/statutory", [each.id for each in found]),
    }
    return visit.page("statutory_lists.html", values)


@router.get("/statutory/new", response_model=None)
def form_of_list(visit: Protecting) -> Response:
    """Show the form of a new list."""
    return shown(visit, _SHEET)


@router.post("/statutory/new", response_model=None)
async def make_list(visit: Protecting) -> Response:
    """Make a list; each card that is opened for it is a read that is logged."""

    def perform(filled: Filled) -> object:
        seat = visit.seat
        reader = seat.reader(ReadReason.CHECKING)
        return statutory.make(
            seat.desk, reader, filled.day("since"), filled.day("until")
        )

    return await settled(visit, _SHEET, perform, "/statutory")


@router.post("/statutory/{made}", response_model=None)
def list_page(
    visit: Protecting, made: UUID, save: Annotated[bool, Form()] = False
) -> Response:
    """Open a list, or save it; asked for by a form, so that no link opens one."""
    seat = visit.seat
    read = statutory.show(seat.desk, seat.reader(ReadReason.CHECKING), made)
    if save and read.content is not None:
        name = f"list-{read.made.first}-{read.made.last}.json"
        return saved(name, "application/json", read.content.model_dump_json().encode())
    return visit.page("statutory_list.html", {"read": read})
