"""One message per act: words of the procedure and identifiers, never content.

A message is stored in its intent; Temporal only sees a pointer to that intent.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from models.handling import Article
from models.handoffs import CompleteHandoff
from models.ids import AgencyId, HandoffId, ItemId, OfficerId
from models.law.decisions import RequirementKind
from models.people import PeopleMessage
from models.values import Message
from models.words import AppealResult, Attendance, ServiceMode

MOST = 1_000
"""More than any file holds; keeps a hostile message from exhausting the record."""


class OpenCase(Message):
    """The mayor's opening decision; starts the inquiry."""

    kind: Literal["case.open"] = "case.open"
    route: str
    pack_version: date
    activity: str
    preconditions: tuple[str, ...]
    permit_regime: bool
    subject_card: ItemId
    facts: ItemId
    designated: tuple[OfficerId, ...]


class Designate(Message):
    """The mayor names an officer for the case (119ter §3)."""

    kind: Literal["case.designate"] = "case.designate"
    officer: OfficerId
    until: date | None = None


class Extend(Message):
    """The one extension of the inquiry (119ter §4)."""

    kind: Literal["case.extend"] = "case.extend"
    reasons: ItemId


class CloseCase(Message):
    """The case ends; without a measure its underlying data die the same day."""

    kind: Literal["case.close"] = "case.close"
    reasons: ItemId


class AddItem(Message):
    """The municipality's own material enters the file under its source number."""

    kind: Literal["item.add"] = "item.add"
    item: ItemId
    source: str


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


class ReturnHandoff(Message):
    """The question goes back for completion."""

    kind: Literal["handoff.return"] = "handoff.return"
    handoff: HandoffId
    reasons: ItemId


class RecallHandoff(Message):
    """The asker takes the question back."""

    kind: Literal["handoff.recall"] = "handoff.recall"
    handoff: HandoffId


class QueryRegister(Message):
    """The mandatory query of the central register (119ter §6 1°, L24 12)."""

    kind: Literal["register.query"] = "register.query"
    handoff: HandoffId
    to: AgencyId
    source: str
    question: ItemId


class FileInRegister(Message):
    """The filing of a measure in the central register (L24 10)."""

    kind: Literal["register.file"] = "register.file"
    decision: UUID
    to: AgencyId
    filing: ItemId


class RequestAdvice(Message):
    """The reasoned request for an advice (L24 20)."""

    kind: Literal["advice.request"] = "advice.request"
    handoff: HandoffId
    to: AgencyId
    source: str
    question: ItemId


class CompleteAdvice(Message):
    """The missing pieces of an inadmissible request (L24 20 al.3)."""

    kind: Literal["advice.complete"] = "advice.complete"
    handoff: HandoffId
    completion: ItemId


class AdmitAdvice(Message):
    """The request is admissible; the advice clock starts (L24 20 al.5)."""

    kind: Literal["advice.admit"] = "advice.admit"
    handoff: HandoffId


class RejectAdvice(Message):
    """The request is inadmissible: to complete, or finally (L24 20 al.3-4)."""

    kind: Literal["advice.reject"] = "advice.reject"
    handoff: HandoffId
    reasons: ItemId


class DeliverAdvice(Message):
    """The reasoned, non-binding advice (L24 23-24)."""

    kind: Literal["advice.deliver"] = "advice.deliver"
    handoff: HandoffId
    advice: ItemId


class InviteHearing(Message):
    """The invitation with its proof (119ter §13)."""

    kind: Literal["hearing.invite"] = "hearing.invite"
    hearing: UUID
    mode: ServiceMode
    presented_on: date
    hearing_on: date
    invitation: ItemId
    proof: ItemId


class RecordHearing(Message):
    """What happened at the hearing; arguments are numbered 1..n in the minutes."""

    kind: Literal["hearing.record"] = "hearing.record"
    hearing: UUID
    attendance: Attendance
    arguments: int = Field(ge=0, le=MOST)
    minutes: ItemId


class Ground(Message):
    """One cited item and the limb of the legal test it serves (119ter §10)."""

    item: ItemId
    limb: str


class ProposeDecision(Message):
    """The mayor's proposal (119ter §8-9).

    `parts` are the demanded parts that the sealed motivation was found to have.
    """

    kind: Literal["decision.propose"] = "decision.propose"
    decision: UUID
    outcome: str
    grounds: tuple[Ground, ...] = Field(default=(), max_length=MOST)
    answered: tuple[Annotated[int, Field(ge=1, le=MOST)], ...] = Field(
        default=(), max_length=MOST
    )
    parts: tuple[RequirementKind, ...] = ()
    months: int | None = Field(default=None, ge=1, le=MOST)
    lifting_conditions: bool = False
    proposal: ItemId


class AdoptDecision(Message):
    """The college's reasoned decision (119ter §8-9)."""

    kind: Literal["decision.adopt"] = "decision.adopt"
    decision: UUID
    text: ItemId


class NotifyDecision(Message):
    """The proven notification; `received_on` starts the terms (119ter §8 al.3)."""

    kind: Literal["decision.notify"] = "decision.notify"
    decision: UUID
    mode: ServiceMode
    received_on: date
    advice: ItemId
    proof: ItemId


class WithdrawDecision(Message):
    """The college must withdraw when the facts no longer hold (119ter §12)."""

    kind: Literal["decision.withdraw"] = "decision.withdraw"
    decision: UUID
    reasons: ItemId


class RecordAppeal(Message):
    """An appeal to the Council of State was lodged (119ter §11)."""

    kind: Literal["appeal.record"] = "appeal.record"
    appeal: UUID
    decision: UUID
    lodged_on: date
    extreme_urgency: bool = False


class ConfirmNoAppeal(Message):
    """No appeal is there but those ruled on; only this exhausts them."""

    kind: Literal["appeal.none"] = "appeal.none"
    decision: UUID
    proof: ItemId


class RuleAppeal(Message):
    """The Council of State has ruled."""

    kind: Literal["appeal.rule"] = "appeal.rule"
    appeal: UUID
    result: AppealResult
    ruled_on: date


ActMessage = Annotated[
    OpenCase | Designate | Extend | CloseCase | AddItem
    | PeopleMessage
    | AskHandoff | ReceiveHandoff | AcceptHandoff | AnswerHandoff | RefuseHandoff
    | ReturnHandoff | CompleteHandoff | RecallHandoff | QueryRegister | FileInRegister
    | RequestAdvice | CompleteAdvice | AdmitAdvice | RejectAdvice | DeliverAdvice
    | InviteHearing | RecordHearing | ProposeDecision | AdoptDecision
    | NotifyDecision | WithdrawDecision | RecordAppeal | ConfirmNoAppeal | RuleAppeal,
    Field(discriminator="kind"),
]  # fmt: skip

act_message: TypeAdapter[ActMessage] = TypeAdapter(ActMessage)
