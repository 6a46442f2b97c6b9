"""What acts say, where it is less than a value of its own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Base64Bytes, Field, model_validator

from acts.handoffs import Reply
from models.control import Denial, RecallGround
from models.handling import Article, Handling, HandlingCode
from models.ids import AgencyId, HandoffId, OfficerId
from models.people import ExclusionGround, GlassGround, ReviewOutcome
from models.secrecy import Secrecy
from models.texts import Words
from models.values import Value

LONGEST = 1000
"""Hours of an emergency that can be said at all; the rule allows far fewer."""

MOST_IN_ANSWER = 20
"""Parts of one answer, and documents that go with it."""


class Nothing(Value):
    """Nothing: the act says all."""


class Reasons(Value):
    """Why."""

    reasons: Words


class Text(Value):
    """Words."""

    text: Words


class Content(Value):
    """Words, or the bytes of a document in base64: one of the two.

    `name` is that of the document's file: what it holds must fit it.
    """

    text: Words | None = None
    document: Base64Bytes | None = None
    name: str = ""

    @model_validator(mode="after")
    def _is_one_of_the_two(self) -> Self:
        if (self.text is None) == (self.document is None):
            raise ValueError("give either `text` or `document`")
        return self

    @property
    def body(self) -> bytes:
        """Return what is to be sealed."""
        return self.document or (self.text or "").encode()


class Material(Content):
    """A fact or a document of one's own, under its number in the closed list."""

    source: str
    handling: Handling


class Named(Value):
    """An officer of one's own agency."""

    officer: OfficerId


class NamedUntil(Named):
    """An officer of one's own agency, and the last day on which they are named."""

    until: date | None = None


class KeptOut(Named):
    """An officer of one's own agency who has no part in a case, and why."""

    ground: ExclusionGround


class Conflicted(Value):
    """Why one has no part in a case oneself."""

    ground: ExclusionGround


class Emergency(Value):
    """Why somebody reads without being named, and for how many hours."""

    ground: GlassGround
    hours: Annotated[int, Field(ge=1, le=LONGEST)]


class Reviewed(Value):
    """What a review of an emergency found."""

    glass: UUID
    outcome: ReviewOutcome


class Concealed(Value):
    """What outsiders are told of a case."""

    mode: Secrecy


class DecisionText(Text):
    """The words of a decision that was proposed."""

    decision: UUID


class DecisionReasons(Reasons):
    """Which decision is withdrawn, and why."""

    decision: UUID


class Enclosed(Value):
    """A document that goes with an answer, its bytes in base64.

    `name` is that of its file: what it holds must fit it.
    """

    document: Base64Bytes
    name: str = ""
    handling: Handling


class Replies(Value):
    """The answer to a question, in one part or several, and documents with it."""

    replies: Annotated[
        tuple[Reply, ...], Field(min_length=1, max_length=MOST_IN_ANSWER)
    ]
    documents: Annotated[tuple[Enclosed, ...], Field(max_length=MOST_IN_ANSWER)] = ()


class RefusalGiven(Reasons):
    """The article that lets one refuse to answer, and why."""

    article: Article


class Denied(Reasons):
    """Why an item is kept where it is, in a word of the list and in words."""

    word: Denial


class Granted(Value):
    """Nothing, for the item itself; else what comes in its place, or under what."""

    text: Words | None = None
    document: Base64Bytes | None = None
    name: str = ""
    code: HandlingCode | None = None
    expires_on: date | None = None


class ReleaseWish(Reasons):
    """Who shall have an item too, for which question, and why."""

    to: AgencyId
    serves: HandoffId


class RecallGiven(Value):
    """Why an item is taken back."""

    ground: RecallGround


class Corrected(Content):
    """What comes in the place of an item, and why."""

    ground: RecallGround
