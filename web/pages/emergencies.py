"""Reading a case in an emergency, by somebody who is not named for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from acts import emergencies
from acts.performing import Done
from acts.seat import Seat
from models.act_kinds import ActKind
from models.errors import InvalidInput
from models.ids import CaseId
from models.people import GlassGround
from policies.emergencies import load_emergency_rule
from web.door import Door, Visit
from web.forms.fields import Choice, Field, Filled, Kind
from web.forms.receiving import filled_in
from web.languages import words
from web.pages.sheets import Deed, Sheet, opened, submitted
from web.permissions import Permission
from web.sensitive import SENSITIVE
from web.words.people import GROUNDS

router = APIRouter()

Declaring = Annotated[Visit, Depends(Door(Permission.EMERGENCIES_DECLARE))]

TITLE = words("Read in an emergency")
_HOURS = tuple(
    Choice(str(hours), str(hours))
    for hours in range(1, load_emergency_rule().longest_hours + 1)
)
_FIELDS = (
    Field(
        "case", words("The whole id of the case"),
        help=words(
            "You read only what your agency was given. Your supervisor is told at once,"
            " and so is each agency whose item you read. A review opens."
        ),
    ),
    Field(
        "ground", words("Why"), Kind.ONE,
        choices=tuple(Choice(each, GROUNDS[each]) for each in GlassGround),
    ),
    Field("hours", words("For how many hours"), Kind.ONE, choices=_HOURS),
)  # fmt: skip


@router.get("/emergency", response_model=None)
def form_of_emergency(visit: Declaring) -> Response:
    """Show the form of an emergency."""
    return opened(visit, _sheet())


@router.post("/emergency", response_model=None)
async def break_glass(visit: Declaring) -> Response:
    """Declare an emergency; the case is read from then on."""
    deed = Deed(
        lambda filled: _declare(visit.seat, filled), lambda done: f"/cases/{done.case}"
    )
    sheet = replace(_sheet(), filled=await filled_in(visit.request))
    return await submitted(visit, sheet, deed)


async def _declare(seat: Seat, filled: Filled) -> Done:
    ground, hours = GlassGround(filled.text("ground")), int(filled.text("hours"))
    case = _whole_id(filled.text("case"))
    return await emergencies.break_glass(seat.desk, seat.officer, case, ground, hours)


def _whole_id(typed: str) -> CaseId:
    try:
        return CaseId(UUID(typed))
    except ValueError:
        raise InvalidInput(
            "this is no whole id of a case",
            help="an emergency names a case by its whole id, as its agency gave it",
        ) from None


def _sheet() -> Sheet:
    why = SENSITIVE[ActKind.CASE_BREAK_GLASS]
    return Sheet(TITLE, back="/search", fields=_FIELDS, sensitive=why)
