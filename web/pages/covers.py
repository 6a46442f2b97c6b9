"""Who stands in for whom: what concerns an officer, or all for whoever arranges it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from acts import covers, people
from acts.seat import Seat
from models.errors import EstafetteError, Unavailable
from models.ids import OfficerId
from policies.people import Cover, sets_to_work
from web.door import Door, Visit
from web.faults import status_of
from web.forms.fields import Choice, Field, Filled, Kind, Person, faults_of
from web.forms.receiving import filled_in
from web.languages import words
from web.permissions import Permission

router = APIRouter()

Looking = Annotated[Visit, Depends(Door(Permission.COVERS_READ))]
Arranging = Annotated[Visit, Depends(Door(Permission.COVERS_ARRANGE))]


@router.get("/covers", response_model=None)
def list_of_covers(visit: Looking) -> Response:
    """Show the covers, and the forms that arrange and end them."""
    return _page(visit)


@router.post("/covers", response_model=None)
async def arrange(request: Request, visit: Arranging) -> Response:
    """Let a colleague stand in for somebody who is away."""
    filled = await filled_in(request)
    return await asyncio.to_thread(_do, visit, filled, _fields, _arrange)


@router.post("/covers/end", response_model=None)
async def end(request: Request, visit: Arranging) -> Response:
    """End the covers of somebody who came back early, at once."""
    filled = await filled_in(request)
    return await asyncio.to_thread(_do, visit, filled, _back, _end)


def _arrange(seat: Seat, filled: Filled) -> None:
    cover = Cover(
        agency=seat.officer.agency,
        absent=OfficerId(filled.text("absent")),
        covering=OfficerId(filled.text("covering")),
        from_day=filled.day("from_day"),
        until_day=filled.day("until_day"),
    )
    covers.arrange(seat.desk, seat.officer, cover)


def _end(seat: Seat, filled: Filled) -> None:
    covers.end(seat.desk, seat.officer, OfficerId(filled.text("back")))


def _do(
    visit: Visit,
    filled: Filled,
    ask: Callable[[Seat], Sequence[Field]],
    deed: Callable[[Seat, Filled], None],
) -> Response:
    faults = faults_of(ask(visit.seat), filled)
    if faults:
        return _page(visit, filled, faults)
    try:
        deed(visit.seat, filled)
    except Unavailable:
        raise
    except EstafetteError as refused:
        return _page(visit, filled, refused=refused)
    return RedirectResponse("/covers?done=recorded", status_code=303)


def _fields(seat: Seat) -> tuple[Field, ...]:
    names = _names(seat)
    return (
        Field("absent", words("Who is away"), Kind.ONE, choices=names),
        Field("covering", words("Who stands in"), Kind.ONE, choices=names),
        Field("from_day", words("First day"), Kind.DAY),
        Field("until_day", words("Last day of it"), Kind.DAY),
    )


def _back(seat: Seat) -> tuple[Field, ...]:
    return (Field("back", words("Who is back"), Kind.ONE, choices=_names(seat)),)


def _names(seat: Seat) -> tuple[Choice, ...]:
    known = people.colleagues(seat.desk, seat.officer)
    return tuple(Choice(each.id, Person(each.id)) for each in known)


def _page(
    visit: Visit,
    filled: Filled | None = None,
    faults: dict[str, str] | None = None,
    *,
    refused: EstafetteError | None = None,
) -> Response:
    seat = visit.seat
    arranges = sets_to_work(seat.officer)
    values = {
        "found": covers.listed(seat.desk, seat.officer),
        "fields": _fields(seat) if arranges else (),
        "back": _back(seat) if arranges else (),
        "filled": filled or Filled(),
        "faults": faults or {},
        "refused": refused,
        "done": visit.request.query_params.get("done", ""),
    }
    status = status_of(refused) if refused else 422 if faults else 200
    return visit.page("covers.html", values, status=status)
