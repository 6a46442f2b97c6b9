"""Whether a number holds, asked while it is typed; knows no case, keeps nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.responses import JSONResponse

from web.door import Door, Visit
from web.forms.fields import NumberWanted, what_is_wrong
from web.languages import catalogue, words
from web.permissions import Permission
from web.refusals import refusal_in

router = APIRouter()

Checking = Annotated[Visit, Depends(Door(Permission.NUMBERS_CHECK))]
HOLDS = words("the check digits hold")


@router.post("/numbers", response_model=None)
def check(
    visit: Checking,
    kind: Annotated[NumberWanted, Form()],
    number: Annotated[str, Form(max_length=40)],
) -> JSONResponse:
    """Say whether the check digits of a number hold: `holds`, and a sentence `said`.

    It is sent, so that it stands in no address and in no log.
    """
    wrong = what_is_wrong(kind, number)
    said = catalogue(visit.language).ugettext(HOLDS)
    if wrong:
        said = refusal_in(visit.language, wrong)
    return JSONResponse({"holds": not wrong, "said": said})
