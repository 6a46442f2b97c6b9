"""Lists that open what they show: names of rows, and words in items.

What is opened is released and logged, under one entry for all of it.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field

from acts.pages.naming import names_of_cases, names_of_questions
from acts.pages.searching import Searched, search
from acts.seat import Seat
from models.agencies import ReadReason
from models.ids import CaseId, ItemId
from models.pages import LARGEST_PAGE
from models.values import Value
from web.api.door import TokenDoor
from web.api.paging import PageWindow
from web.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["contents"])

OfCases = Annotated[Seat, Depends(TokenDoor(Permission.CASES_READ))]
OfQuestions = Annotated[Seat, Depends(TokenDoor(Permission.HANDOFFS_READ))]
Searching = Annotated[Seat, Depends(TokenDoor(Permission.CASES_SEARCH))]
Rows = Annotated[tuple[UUID, ...], Field(max_length=LARGEST_PAGE)]


class CasesToName(Value):
    """Cases of a page."""

    cases: Rows


class QuestionsToName(Value):
    """The questions of handoffs of a page, which are items."""

    questions: Rows


class WordsSought(Value):
    """Words that must all stand in an item, why one reads, and in which case."""

    words: Annotated[tuple[str, ...], Field(min_length=1, max_length=20)]
    reason: ReadReason
    case: CaseId | None = None


@router.post("/cases/names")
def cases_by_name(seat: OfCases, given: CasesToName) -> dict[CaseId, str]:
    """Open whom cases are about; those that one may not know are left out."""
    reader = seat.reader(ReadReason.FOLLOWING_UP)
    cases = [CaseId(each) for each in given.cases]
    return names_of_cases(seat.desk, reader, cases)


@router.post("/handoffs/names")
def questions_by_name(seat: OfQuestions, given: QuestionsToName) -> dict[ItemId, str]:
    """Open whom questions are about; those that one may not read are left out."""
    reader = seat.reader(ReadReason.ANSWERING)
    questions = [ItemId(each) for each in given.questions]
    return names_of_questions(seat.desk, reader, questions)


@router.post("/search")
def search_items(seat: Searching, window: PageWindow, sought: WordsSought) -> Searched:
    """Search a page of items for words; each is opened, and the words are kept nowhere.

    The window counts items that are looked into; `after` is the cursor of the next.
    """
    reader = seat.reader(sought.reason)
    return search(seat.desk, reader, sought.words, window, sought.case)
