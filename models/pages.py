"""Pages of lists: what is asked for, and what a page has shown."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from models.ids import AgencyId, CaseId, HandoffId, ItemId, OfficerId
from models.values import Value

LARGEST_PAGE = 200


class Query(StrEnum):
    """The lists there are; these words reach the log in clear."""

    DUE_FIRST = "due first"
    CASES = "cases"
    CASE = "case"
    ITEM = "item"
    ITEMS = "items of a case"
    STORY = "story of a case"
    INBOX = "inbox"
    ASKED = "own questions"
    NOTICES = "notices"
    HANDOFF = "handoff"
    READERS = "readers of an item"
    RECALLS = "recalls"
    BY_NUMBER = "cases by a number"
    SEARCH = "search for words"
    TRAIL = "trail"
    ENTRY = "entry of the trail"
    CALENDAR = "calendar"
    FEED = "calendar at an address"
    EVALUATION = "evaluation"
    BUNDLE = "bundle"
    CERTIFICATE = "certificate of an erasure"
    EXTRACT = "extract under pseudonyms"
    EXTRACT_WITH_NAMES = "extract with names"
    UNUSUAL = "unusual reads"
    SAMPLE = "sample of reads"
    FINDINGS = "findings"
    FINDING = "finding"
    HONEY = "honey records"
    RECEIVED = "received about a person"
    STATUTORY = "statutory lists"
    SUBJECT_REQUESTS = "requests of data subjects"
    SUBJECT_REQUEST = "request of a data subject"
    HELD = "held about a data subject"
    DRAFT = "draft of an opening"
    UNSIGNED = "changes that one side has not signed"
    FIGURES = "figures of all cases"
    STARTS = "ids by how they start"
    REGISTER = "entries of the register"


class Window(Value):
    """Which part of a list: how many rows at most, and after which one.

    `after` is the id of the last row of the page before. Ids are random: they tell
    neither how many rows there are nor when one came.
    """

    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 50
    after: UUID | None = None


class ShownItem(Value):
    """An item of which a page showed kind, handling and source, and under which ruling.

    A ruling may stand for several items that are alike in all that rules look at.
    `on_behalf_of` is the absent colleague in whose place the reader saw it.
    """

    item: ItemId
    ruling: UUID
    on_behalf_of: str = ""


class Shown(Value):
    """What one page showed; the entry of the page commits to all of it.

    Attributes:
        entry: the ledger entry of the page.
        query: which list, in closed words.
        rows: ids of the rows, in the order shown.
        items: the rows that told of an item.
        counts: figures that stood on the page.
    """

    entry: UUID
    query: str
    case: CaseId | None = None
    handoff: HandoffId | None = None
    rows: tuple[UUID, ...] = ()
    items: tuple[ShownItem, ...] = ()
    counts: dict[str, int] = {}


class Sighting(Value):
    """One officer to whom an item was released, or who was shown it in a list.

    `officer` and the `reason` why they opened it are known of colleagues only.
    """

    entry: UUID
    agency: AgencyId
    officer: OfficerId | None = None
    function: str
    service_number: str
    kind: str
    at: datetime
    reason: str = ""
