"""What an auditor takes away: a part of the trail in a bundle, whole or redacted."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from acts.audit.exporting import Withheld, export
from models.agencies import ReadReason
from models.errors import EstafetteError
from models.ids import AgencyId
from web.faults import status_of
from web.forms.fields import Field, Kind
from web.forms.receiving import filled_in
from web.languages import words
from web.pages.audit.around import AuditingWithKeys, of_auditor
from web.pages.downloads import saved
from web.views.narrowing import ENTRIES, Narrowing, narrowing

router = APIRouter()

_NAMES = Field(
    "names", words("Leave out names, with rulings and what pages showed"), Kind.YES,
    required=False,
)  # fmt: skip
_AGENCIES = Field(
    "agencies",
    words("Leave out the entries of these agencies"),
    required=False,
    help=words("Their ids, with blanks between. Each entry stands as a hash."),
    example="pz-midi",
)
_FIELDS = (*ENTRIES, _NAMES, _AGENCIES)


@router.get("/audit/bundle", response_model=None)
def form_of_bundle(visit: AuditingWithKeys) -> HTMLResponse:
    """Show what can be taken away."""
    return _page(visit, narrowing(visit.seat, {}, _FIELDS))


@router.post("/audit/bundle", response_model=None)
async def take_bundle(visit: AuditingWithKeys) -> Response:
    """Hand over a bundle; that it is made is logged before its first line."""
    filled = await filled_in(visit.request)
    asked = await asyncio.to_thread(narrowing, visit.seat, filled.values, _FIELDS)
    if asked.faults:
        return _page(visit, asked, status=422)
    try:
        return await asyncio.to_thread(_bundle, visit, asked)
    except EstafetteError as refused:
        return _page(visit, asked, refused=refused, status=status_of(refused))


def _bundle(visit: AuditingWithKeys, asked: Narrowing) -> Response:
    seat, filled = visit.seat, asked.filled
    reader = seat.reader(ReadReason.CHECKING)
    withheld = Withheld(
        names=filled.yes("names"),
        agencies=frozenset(map(AgencyId, filled.text("agencies").split())),
    )
    made = export(seat.desk, reader, asked.wanted, withheld)
    name = f"trail-{seat.today}-{made.receipt[:8]}.bundle"
    return saved(name, "application/jsonl", made.lines)


def _page(
    visit: AuditingWithKeys,
    asked: Narrowing,
    *,
    refused: EstafetteError | None = None,
    status: int = 200,
) -> HTMLResponse:
    values = {"asked": asked, "refused": refused}
    return of_auditor(visit, "bundle", values, status=status)
