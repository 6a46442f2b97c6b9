"""Requests of data subjects: those of one's agency, one of them, and what is held."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from acts.audit import subject_request_pages as requests
from acts.audit.subject_request_pages import Holdings, RequestLine, RequestPage
from acts.seat import Seat
from models.agencies import Reader, ReadReason
from models.ids import SubjectRequestId
from web.api.door import TokenDoor
from web.api.paging import Page, PageWindow, page
from web.permissions import Permission

router = APIRouter(prefix="/api/v1/subject-requests", tags=["audits"])

Protecting = Annotated[Seat, Depends(TokenDoor(Permission.REQUESTS_HANDLE))]


@router.get("")
def list_requests(
    seat: Protecting, window: PageWindow, closed: bool = False
) -> Page[RequestLine]:
    """List the requests of one's agency, first due on top; also `closed` ones."""
    found = requests.listed(seat.desk, _reader(seat), window, closed=closed)
    return page(found, [each.request.id for each in found], window)


@router.post("/{subject_request}/open")
def open_request(seat: Protecting, subject_request: UUID) -> RequestPage:
    """Open a request with its texts; logged before anything comes out."""
    which = SubjectRequestId(subject_request)
    return requests.show(seat.desk, _reader(seat), which)


@router.post("/{subject_request}/held")
def held(seat: Protecting, subject_request: UUID) -> Holdings:
    """List what one's agency holds about who asks, and what may be said of it."""
    which = SubjectRequestId(subject_request)
    return requests.held(seat.desk, _reader(seat), which)


def _reader(seat: Seat) -> Reader:
    return seat.reader(ReadReason.ANSWERING)
