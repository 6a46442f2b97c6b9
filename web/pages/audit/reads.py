"""Where an auditor begins: reads with signs, and samples that can be drawn again."""

from __future__ import annotations

import secrets
from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from acts.audit.finding_pages import listed
from acts.audit.sampling import Draw, sample, unusual_reads
from acts.audit.twins import unsigned
from models.agencies import ReadReason
from models.errors import EstafetteError
from models.pages import Window
from models.trail import Wanted
from web.forms.fields import Field, Kind
from web.languages import words
from web.pages.audit.around import Auditing, list_of_auditor, not_so, of_auditor
from web.views.narrowing import ENTRIES, Narrowing, narrowing, queried

router = APIRouter()

_LATELY = timedelta(days=7)
_FEW = Window(limit=10)
_SIZE = Field("size", words("How many reads"), given="20")
_SEED = Field(
    "seed",
    words("Seed"),
    required=False,
    help=words("The same seed draws the same reads; without one, one is made."),
)
_BY_RISK = Field("by_risk", words("Those with most signs first"), Kind.YES, False)


@router.get("/audit", response_model=None)
def home(visit: Auditing) -> HTMLResponse:
    """Show what waits: findings, reads with signs, and what one side did not sign."""
    seat = visit.seat
    reader, since = seat.reader(ReadReason.CHECKING), seat.today - _LATELY
    values = {
        "findings": listed(seat.desk, reader, Window()),
        "reads": unusual_reads(seat.desk, reader, Wanted(since=since), _FEW),
        "since": since,
        "unsigned": unsigned(seat.desk, reader),
    }
    return of_auditor(visit, "home", values)


@router.get("/audit/unusual", response_model=None)
def unusual_page(visit: Auditing) -> HTMLResponse:
    """Show reads that have a sign, latest first."""
    return list_of_auditor(
        visit, "unusual", ENTRIES, unusual_reads, lambda each: each.line.entry
    )


@router.get("/audit/samples", response_model=None)
def sample_page(visit: Auditing) -> HTMLResponse:
    """Draw a sample once its size is given, and say with which seed."""
    given = queried(visit.request.query_params)
    asked = narrowing(visit.seat, given, [_SIZE, _SEED, _BY_RISK, *ENTRIES], ["size"])
    if asked.faults:
        return not_so(visit, "samples", asked)
    if not given:
        return of_auditor(visit, "samples", {"asked": asked})
    seat = visit.seat
    reader = seat.reader(ReadReason.CHECKING)
    try:
        found = sample(seat.desk, reader, asked.wanted, _draw(asked))
    except EstafetteError as error:
        return not_so(visit, "samples", asked.refusing(error))
    return of_auditor(visit, "samples", {"asked": asked, "found": found})


def _draw(asked: Narrowing) -> Draw:
    filled = asked.filled
    seed = filled.text("seed") or secrets.token_hex(8)
    return Draw(size=asked.number("size"), seed=seed, by_risk=filled.yes("by_risk"))
