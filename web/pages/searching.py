"""Finding cases: by a number, through the index of one's node, or by words, at it.

What is looked for is sent by a form, so it stands in no address and in no log.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from starlette.responses import HTMLResponse

from acts.pages.lookups import find_by_number
from acts.pages.searching import search
from models.agencies import ReadReason
from models.errors import EstafetteError, InvalidInput, Unavailable
from models.numbers import parse_number
from models.pages import Window
from web.door import Door, Visit
from web.faults import status_of
from web.forms.fields import Choice, Field, Filled, Kind
from web.forms.reasons import reason_given
from web.languages import words
from web.pages.paging import last_of, window_after
from web.permissions import Permission
from web.words.items import READING

router = APIRouter()

Searching = Annotated[Visit, Depends(Door(Permission.CASES_SEARCH))]

_NUMBER = Field("number", words("Of an enterprise, an establishment or a person"))
_TYPED = Field(
    "words", words("Words, or parts of them; all must be there"),
    help=words("Accents and case do not count."),
)  # fmt: skip
_REASON = Field(
    "reason", words("Why you read it"), Kind.ONE,
    choices=tuple(Choice(each, READING[each]) for each in ReadReason),
)  # fmt: skip


@router.get("/search", response_model=None)
def form_of_search(visit: Searching) -> HTMLResponse:
    """Show both ways to look for a case."""
    return _page(visit)


@router.post("/search/number", response_model=None)
def by_number(
    visit: Searching,
    number: Annotated[str, Form()] = "",
    after: Annotated[UUID | None, Form()] = None,
) -> HTMLResponse:
    """Show the cases in which a number stands, among what may be read."""
    seat, window = visit.seat, window_after(after)
    typed = Filled({"number": [number]})
    try:
        found = find_by_number(seat.desk, seat.reader(), parse_number(number), window)
    except InvalidInput as refused:
        return _page(visit, filled=typed, refused=refused)
    onward = last_of([each.case for each in found])
    return _page(visit, filled=typed, found=found, onward=onward, paged=after or onward)


@router.post("/search/words", response_model=None)
def by_words(
    visit: Searching,
    typed: Annotated[str, Form(alias="words")] = "",
    reason: Annotated[str, Form()] = "",
    after: Annotated[UUID | None, Form()] = None,
) -> HTMLResponse:
    """Show the items in which all the words stand, among those looked into."""
    seat, window = visit.seat, Window(after=after)
    filled = Filled({"words": [typed], "reason": [reason]})
    try:
        reader = seat.reader(reason_given(reason))
        matches = search(seat.desk, reader, typed.split(), window)
    except Unavailable:
        raise
    except EstafetteError as refused:
        return _page(visit, filled=filled, refused=refused)
    return _page(visit, filled=filled, matches=matches)


def _page(visit: Visit, **given: Any) -> HTMLResponse:
    values = {
        "number": _NUMBER,
        "typed": _TYPED,
        "reason": _REASON,
        "filled": Filled(),
        "refused": None,
        "found": None,
        "onward": None,
        "paged": False,
        "matches": None,
    } | given
    refused = given.get("refused")
    status = status_of(refused) if refused else 200
    return visit.page("search.html", values, status=status)
