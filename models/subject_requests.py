"""Requests of data subjects: which right, under which regime, and how they end."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from models.handling import Regime
from models.ids import AgencyId, CaseId, ItemId, PaperId, SubjectRequestId
from models.items import ItemKind
from models.values import Value


class SubjectRight(StrEnum):
    """What a person asks for."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"


class RequestRegime(StrEnum):
    """Under which law a request falls; each has its own way to an answer."""

    GDPR = "gdpr"
    POLICE = "police"
    JUDICIAL = "judicial"
    CUSTOMS_CTIF = "customs_ctif"
    """Customs, and the financial intelligence unit."""

    INTELLIGENCE = "intelligence"


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    """Its term runs."""

    ACKNOWLEDGED = "acknowledged"
    """The law asked for an acknowledgement in time; for what follows it has no term."""

    ANSWERED = "answered"
    CLOSED = "closed"


class RequestStep(StrEnum):
    """What is done about a request; each step has a sealed text of its own."""

    RECORD = "record"
    ACKNOWLEDGE = "acknowledge"
    EXTEND = "extend"
    ANSWER = "answer"
    CLOSE = "close"


class RequestOutcome(StrEnum):
    """What a person was answered; the list is ours."""

    GRANTED = "granted"
    GRANTED_IN_PART = "granted_in_part"
    REFUSED = "refused"
    REFERRED = "referred"
    """To whoever answers in the agency's place; nothing is said of what it holds."""

    WITHDRAWN = "withdrawn"
    """The person withdrew it."""


LIMITING = frozenset({RequestOutcome.GRANTED_IN_PART, RequestOutcome.REFUSED})
"""Answers that keep something back, so that a restriction in law must be named."""


class SubjectRequest(Value):
    """A request of a data subject; who it is stands in its first paper, sealed.

    Attributes:
        due_on: the last day of the term that the regime sets.
        extended: how often that term was extended.
        limit: the code of the restriction that the answer rests on.
        kept_until: the last day on which its texts are kept, once it is closed.
    """

    id: SubjectRequestId
    agency: AgencyId
    right: SubjectRight
    regime: RequestRegime
    state: RequestState
    received_on: date
    due_on: date
    extended: int = 0
    outcome: RequestOutcome | None = None
    limit: str | None = None
    closed_on: date | None = None
    kept_until: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Tell whether its term ended before today without what the law asks for."""
        return self.state is RequestState.OPEN and self.due_on < today


class RequestContent(Value):
    """What a request says, and is sealed with it.

    Attributes:
        number: of the person, or of an enterprise or establishment of theirs, as
            digits; their number and the first of them tell of which.
        identity: how the identity of whoever asks was checked.
        text: what was asked, in words.
    """

    number: str
    identity: str
    text: str


class RequestStepTaken(Value):
    """A step that was taken, and the paper with its text."""

    paper: PaperId
    step: RequestStep
    at: datetime


class Held(Value):
    """An item that an agency holds in a case in which a number stands; no content.

    `decided_on`: since when the inquiry of that case limits nothing any more.
    """

    case: CaseId
    item: ItemId
    kind: ItemKind
    originator: AgencyId
    regime: Regime
    added_on: date
    decided_on: date | None = None
