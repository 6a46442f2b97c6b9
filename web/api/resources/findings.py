"""Findings of auditors: those that concern one, and what was written about each."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from acts.audit import finding_pages
from acts.audit.finding_pages import FindingLine, FindingPage
from acts.seat import Seat
from models.agencies import ReadReason
from models.ids import FindingId
from web.api.door import TokenDoor
from web.api.paging import Page, PageWindow, page
from web.permissions import Permission

router = APIRouter(prefix="/api/v1/findings", tags=["audits"])

Concerned = Annotated[Seat, Depends(TokenDoor(Permission.FINDINGS_HANDLE))]


@router.get("")
def list_findings(
    seat: Concerned, window: PageWindow, closed: bool = False
) -> Page[FindingLine]:
    """List the findings that concern one, first due on top; also `closed` ones."""
    reader = seat.reader(ReadReason.CHECKING)
    found = finding_pages.listed(seat.desk, reader, window, closed=closed)
    return page(found, [each.finding.id for each in found], window)


@router.post("/{finding}/open")
def open_finding(seat: Concerned, finding: UUID) -> FindingPage:
    """Open a finding with its texts; logged before anything comes out."""
    reader = seat.reader(ReadReason.CHECKING)
    return finding_pages.show(seat.desk, reader, FindingId(finding))
