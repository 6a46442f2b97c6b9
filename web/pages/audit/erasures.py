"""What was erased, and a certificate of each: what is handed to whoever asks."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from acts.audit.certifying import certify, erasures
from models.agencies import ReadReason
from web.pages.audit.around import Auditing, list_of_auditor
from web.pages.downloads import saved
from web.views.narrowing import CASE, SINCE, UNTIL

router = APIRouter()


@router.get("/audit/erasures", response_model=None)
def erasure_list(visit: Auditing) -> HTMLResponse:
    """Show what was erased, latest first."""
    fields = (CASE, SINCE, UNTIL)
    return list_of_auditor(visit, "erasures", fields, erasures, lambda each: each.entry)


@router.post("/audit/erasures/{entry}", response_model=None)
def certificate(visit: Auditing, entry: UUID) -> Response:
    """Hand over the certificate of an erasure; that it is made is logged before."""
    seat = visit.seat
    written = certify(seat.desk, seat.reader(ReadReason.CHECKING), entry)
    name = f"erasure-{str(entry)[:8]}.json"
    return saved(name, "application/json", written)
