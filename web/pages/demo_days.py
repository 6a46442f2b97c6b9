"""Letting days pass: on the pages of a demo only, whose clock stands for everybody."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.responses import RedirectResponse

from models.errors import InvalidInput, NotFound
from web.door import Door, Visit
from web.guards.origin import inside
from web.permissions import Permission

router = APIRouter()

Moving = Annotated[Visit, Depends(Door(Permission.CLOCK_MOVE, keyless=True))]


@router.post("/days", response_model=None)
async def pass_days(
    visit: Moving,
    days: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
    onward: Annotated[str, Form()] = "/",
) -> RedirectResponse:
    """Let a number of days pass, or all days until one; go back once they have."""
    let_days_pass = visit.here.let_days_pass
    if let_days_pass is None:
        raise NotFound("there is no such page")
    await let_days_pass(ahead(days, until, visit.seat.today))
    return RedirectResponse(once_passed(inside(onward)), status_code=303)


def once_passed(onward: str) -> str:
    """Return a page of ours that says that days have passed."""
    page, mark, place = onward.partition("#")
    return f"{page}{'&' if '?' in page else '?'}passed=yes{mark}{place}"


def ahead(days: str, until: str, today: date) -> int | date:
    """Return how many days somebody typed, or until which day.

    Raises:
        InvalidInput: neither a number nor a later day was typed.
    """
    if not until:
        return _number(days)
    try:
        there = date.fromisoformat(until)
    except ValueError:
        raise InvalidInput(
            f"`{until}` is no day", help="write it as 2026-03-31"
        ) from None
    if there <= today:
        raise InvalidInput(f"`{there}` does not lie ahead", help="name a later day")
    return there


def _number(days: str) -> int:
    said = days.strip()
    if not said.removeprefix("-").isdecimal() or len(said) > 9:
        raise InvalidInput(f"`{said}` is no number of days", help="write a number")
    return int(said)
