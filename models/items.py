"""Items: one piece of information each, always sealed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from models.handling import Handling
from models.ids import AgencyId, CaseId, HandoffId, ItemId
from models.values import Value


class ItemKind(StrEnum):
    """What an item is; the words of the file, not its content."""

    SUBJECT_CARD = "subject_card"
    OPENING_FACTS = "opening_facts"
    FACT = "fact"
    DOCUMENT = "document"
    QUESTION = "question"
    ANSWER = "answer"
    REGISTER_QUERY = "register_query"
    REGISTER_FILING = "register_filing"
    ADVICE_REQUEST = "advice_request"
    ADVICE = "advice"
    INVITATION = "invitation"
    MINUTES = "minutes"
    PROPOSAL = "proposal"
    DECISION = "decision"
    PROOF = "proof"
    REASONS = "reasons"
    DECISION_REASONS = "decision_reasons"
    NO_APPEAL = "no_appeal"


class ItemState(StrEnum):
    """Staged is visible to nobody; erased keeps the header only.

    Recalled: taken back by its originator, who alone still reads it.
    """

    STAGED = "staged"
    LIVE = "live"
    RECALLED = "recalled"
    ERASED = "erased"


class ItemHeader(Value):
    """The signed and bound description of an item; holds no personal data.

    `corrects` is the item in whose place it comes; `excerpt_of` the one it is part of,
    or repeats under stricter conditions.
    """

    schema_version: int = 1
    item: ItemId
    case: CaseId
    originator: AgencyId
    kind: ItemKind
    source: str | None = None
    handling: Handling
    corrects: ItemId | None = None
    excerpt_of: ItemId | None = None


class DraftItem(Value):
    """An item before it is sealed.

    Attributes:
        body: the content, UTF-8 text or bytes of a document.
        name: of the file that it came as; looked at, and kept nowhere.
        audience: agencies for which it is sealed, the originator included.
        corrects, excerpt_of: as in its header.
    """

    item: ItemId
    kind: ItemKind
    body: bytes
    handling: Handling
    audience: tuple[AgencyId, ...]
    name: str = ""
    source: str | None = None
    corrects: ItemId | None = None
    excerpt_of: ItemId | None = None


class KnownItem(Value):
    """What an agency that holds an item knows of it without opening it.

    `handoff` is the question for which that agency has it; `added_on` is None for what
    is not in the file yet.
    """

    item: ItemId
    case: CaseId
    handoff: HandoffId | None
    originator: AgencyId
    kind: ItemKind
    source: str | None
    state: ItemState
    handling: Handling
    audience: tuple[AgencyId, ...] = ()
    corrects: ItemId | None = None
    excerpt_of: ItemId | None = None
    added_on: date | None = None


def described(
    header: ItemHeader,
    state: ItemState,
    *,
    handoff: HandoffId | None = None,
    audience: tuple[AgencyId, ...] = (),
    added_on: date | None = None,
) -> KnownItem:
    """Return what may be known of an item from what it says of itself."""
    return KnownItem(
        item=header.item,
        case=header.case,
        handoff=handoff,
        originator=header.originator,
        kind=header.kind,
        source=header.source,
        state=state,
        handling=header.handling,
        audience=audience,
        corrects=header.corrects,
        excerpt_of=header.excerpt_of,
        added_on=added_on,
    )
