"""What was erased, and a certificate of each: what is handed to whoever asks."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from acts.audit.certifying import certify, erasures
from models.agencies import ReadReason
from web.pages.audit.around import Auditing, of_auditor
from web.pages.downloads import saved
from web.views.narrowing import CASE, SINCE, UNTIL, narrowing, queried

router = APIRouter()


@router.get("/audit/erasures", response_model=None)
def erasure_list(visit: Auditing) -> HTMLResponse:
    """Show what was erased, latest first."""
    asked = narrowing(queried(visit.request.query_params), (CASE, SINCE, UNTIL))
    if asked.faults:
        return of_auditor(visit, "erasures", {"asked": asked}, status=422)
    seat = visit.seat
    reader = seat.reader(ReadReason.CHECKING)
    found = erasures(seat.desk, reader, asked.wanted, asked.window)
    onward = asked.onward("/audit/erasures", [each.entry for each in found])
    values = {"asked": asked, "found": found, "onward": onward}
    return of_auditor(visit, "erasures", values)


@router.post("/audit/erasures/{entry}", response_model=None)
def certificate(visit: Auditing, entry: UUID) -> Response:
    """Hand over the certificate of an erasure; that it is made is logged before."""
    seat = visit.seat
    written = certify(seat.desk, seat.reader(ReadReason.CHECKING), entry)
    name = f"erasure-{str(entry)[:8]}.json"
    return saved(name, "application/json", written)
