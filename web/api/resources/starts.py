"""Ids by how they start, as somebody types them: among what one may know."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path

from acts.pages.starts import ids_starting
from acts.seat import Seat
from web.api.door import TokenDoor
from web.permissions import Permission

router = APIRouter(prefix="/api/v1/starts", tags=["starts"])

_FORM = "^[0-9a-f-]{4,36}$"
Start = Path(pattern=_FORM, description="How it starts, or the whole of it.")
OfCases = Annotated[Seat, Depends(TokenDoor(Permission.CASES_READ))]
OfHandoffs = Annotated[Seat, Depends(TokenDoor(Permission.HANDOFFS_READ))]
OfItems = Annotated[Seat, Depends(TokenDoor(Permission.ITEMS_READ))]

OfFindings = Annotated[Seat, Depends(TokenDoor(Permission.FINDINGS_HANDLE))]
OfReaders = Annotated[Seat, Depends(TokenDoor(Permission.READERS_READ))]
OfTrail = Annotated[Seat, Depends(TokenDoor(Permission.TRAIL_READ))]
OfLists = Annotated[Seat, Depends(TokenDoor(Permission.LISTS_MAKE))]
OfRequests = Annotated[Seat, Depends(TokenDoor(Permission.REQUESTS_HANDLE))]


@router.get("/case/{case}")
def cases_starting(seat: OfCases, case: Annotated[str, Start]) -> list[UUID]:
    """Return a few cases whose ids start so."""
    return ids_starting(seat.desk, seat.reader(), "case", case)


@router.get("/handoff/{handoff}")
def handoffs_starting(seat: OfHandoffs, handoff: Annotated[str, Start]) -> list[UUID]:
    """Return a few questions whose ids start so."""
    return ids_starting(seat.desk, seat.reader(), "handoff", handoff)


@router.get("/seen-item/{item}")
def seen_items_starting(seat: OfReaders, item: Annotated[str, Start]) -> list[UUID]:
    """Return a few items whose readers one may know, whose ids start so."""
    return ids_starting(seat.desk, seat.reader(), "seen item", item)


@router.get("/finding/{finding}")
def findings_starting(seat: OfFindings, finding: Annotated[str, Start]) -> list[UUID]:
    """Return a few findings that concern one whose ids start so."""
    return ids_starting(seat.desk, seat.reader(), "finding", finding)


@router.get("/entry/{entry}")
def entries_starting(seat: OfTrail, entry: Annotated[str, Start]) -> list[UUID]:
    """Return a few entries of the trail whose ids start so."""
    return ids_starting(seat.desk, seat.reader(), "entry", entry)


@router.get("/statutory-list/{statutory_list}")
def lists_starting(seat: OfLists, statutory_list: Annotated[str, Start]) -> list[UUID]:
    """Return a few statutory lists whose ids start so."""
    return ids_starting(seat.desk, seat.reader(), "statutory list", statutory_list)


@router.get("/subject-request/{subject_request}")
def requests_starting(
    seat: OfRequests, subject_request: Annotated[str, Start]
) -> list[UUID]:
    """Return a few requests of data subjects whose ids start so."""
    return ids_starting(seat.desk, seat.reader(), "subject request", subject_request)


@router.get("/item/{item}")
def items_starting(seat: OfItems, item: Annotated[str, Start]) -> list[UUID]:
    """Return a few items whose ids start so."""
    return ids_starting(seat.desk, seat.reader(), "item", item)
