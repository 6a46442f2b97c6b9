"""Questions: what one's agency was asked, what it asked, and one of them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from acts.looking_up import find_handoff
from acts.next_steps import WhatNext, next_on_question
from acts.pages import lists
from acts.pages.lists import NoticeLine
from acts.pages.one_handoff import HandoffPage, show_handoff
from acts.releases import asked_of
from acts.seat import Seat
from models.handoffs import HandoffRecord, ReleaseRequest
from models.ids import HandoffId
from models.people import Glass
from web.api.door import TokenDoor
from web.api.paging import Page, PageWindow, next_of, page
from web.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["handoffs"])

Reading = Annotated[Seat, Depends(TokenDoor(Permission.HANDOFFS_READ))]


class InboxPage(BaseModel):
    """A page of what an agency was asked; the first one has the newest notices.

    `reviews` are emergencies that wait for a supervisor, or one's own.
    """

    handoffs: list[HandoffRecord]
    notices: list[NoticeLine]
    reviews: list[Glass]
    next: UUID | None = None


@router.get("/inbox")
def inbox(seat: Reading, window: PageWindow, closed: bool = False) -> InboxPage:
    """List what one's agency was asked, first due on top; also `closed` ones."""
    found = lists.inbox(seat.desk, seat.reader(), window, closed=closed)
    return InboxPage(
        handoffs=list(found.handoffs),
        notices=list(found.notices),
        reviews=list(found.reviews),
        next=next_of([each.id for each in found.handoffs], window),
    )


@router.get("/asked")
def asked(
    seat: Reading, window: PageWindow, closed: bool = False
) -> Page[HandoffRecord]:
    """List what one's agency asked others, as far as one has part in it."""
    found = lists.asked_by_us(seat.desk, seat.reader(), window, closed=closed)
    return page(found, [each.id for each in found], window)


@router.get("/notices")
def notices(seat: Reading, window: PageWindow) -> Page[NoticeLine]:
    """List the notices for one's functions, newest first: ids and words, no names."""
    found = lists.notices(seat.desk, seat.reader(), window)
    return page(found, [each.id for each in found], window)


@router.get("/handoffs/{handoff}")
def one_handoff(seat: Reading, handoff: UUID) -> HandoffPage:
    """Return a question with the headers of its items."""
    return show_handoff(seat.desk, seat.reader(), HandoffId(handoff))


@router.get("/handoffs/{handoff}/release")
def release_on(seat: Reading, handoff: UUID) -> ReleaseRequest | None:
    """Return which item a question asks to let go on, if that is what it asks."""
    find_handoff(seat.desk, seat.officer, HandoffId(handoff))
    return asked_of(seat.desk, seat.officer, HandoffId(handoff))


@router.get("/handoffs/{handoff}/next")
def next_on(seat: Reading, handoff: UUID) -> WhatNext:
    """Return what one's agency can do on a question."""
    found = find_handoff(seat.desk, seat.officer, HandoffId(handoff))
    return next_on_question(seat.desk, seat.officer, found)
