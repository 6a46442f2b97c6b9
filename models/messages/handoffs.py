"""Acts on a question to another agency."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.handling import Article
from models.ids import AgencyId, HandoffId, ItemId
from models.values import MOST, Message


class AskHandoff(Message):
    """A question to another agency; `parent` is the request it serves, if any."""

    kind: Literal["handoff.ask"] = "handoff.ask"
    handoff: HandoffId
    to: AgencyId
    source: str
    question: ItemId
    parent: HandoffId | None = None


class ReceiveHandoff(Message):
    """An officer of the asked agency takes the question in hand."""

    kind: Literal["handoff.receive"] = "handoff.receive"
    handoff: HandoffId


class AcceptHandoff(Message):
    """The asked agency undertakes to answer."""

    kind: Literal["handoff.accept"] = "handoff.accept"
    handoff: HandoffId


class AnswerHandoff(Message):
    """The answer, as one or more items."""

    kind: Literal["handoff.answer"] = "handoff.answer"
    handoff: HandoffId
    items: tuple[ItemId, ...] = Field(min_length=1, max_length=MOST)


class RefuseHandoff(Message):
    """The asked agency may not or need not answer, with the article."""

    kind: Literal["handoff.refuse"] = "handoff.refuse"
    handoff: HandoffId
    article: Article
    reasons: ItemId


class NothingKnown(Message):
    """The asked agency has nothing; of a guarded question the asker hears no more."""

    kind: Literal["handoff.nothing"] = "handoff.nothing"
    handoff: HandoffId


class ConfirmAnswer(Message):
    """The second key: a prepared answer leaves."""

    kind: Literal["handoff.confirm"] = "handoff.confirm"
    handoff: HandoffId


class DeclineAnswer(Message):
    """The second key is refused: a prepared answer never leaves."""

    kind: Literal["handoff.decline"] = "handoff.decline"
    handoff: HandoffId


class ReturnHandoff(Message):
    """The question goes back for completion."""

    kind: Literal["handoff.return"] = "handoff.return"
    handoff: HandoffId
    reasons: ItemId


class CompleteHandoff(Message):
    """What a returned question lacked; it is offered again."""

    kind: Literal["handoff.complete"] = "handoff.complete"
    handoff: HandoffId
    completion: ItemId


class RecallHandoff(Message):
    """The asker takes the question back."""

    kind: Literal["handoff.recall"] = "handoff.recall"
    handoff: HandoffId
