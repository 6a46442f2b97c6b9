"""What auditors, owners of findings and DPOs do: it is of no case, and has no process.

Each deed seals a paper, whose number is made of the ticket under which it is asked for:
so what is asked for again is found, and not done twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from acts.audit import findings, statutory, subject_requests
from acts.audit.findings import FindingDone, NewFinding
from acts.audit.papers import paper_of
from acts.audit.statutory import ListMade
from acts.audit.subject_requests import NewRequest, RequestDone, RequestReply
from acts.offered.bodies import Text
from acts.seat import Seat
from models.agencies import Reader, ReadReason
from models.findings import FindingOutcome, FindingStep
from models.ids import FindingId, PaperId, SubjectRequestId
from models.intents import Ticket
from models.papers import PaperKind
from models.subject_requests import RequestStep
from models.values import Value


class FollowUp(Text):
    """Words; with a day, the owner of the finding answers again until then."""

    due_on: date | None = None


class Ending(Text):
    """How a finding ended, and words."""

    outcome: FindingOutcome


class Period(Value):
    """From one day to another, both included."""

    first: date
    last: date


_Perform = Callable[[Seat, Any, Any], Value]
_Taken = Callable[[Seat, PaperId], Value | None]


@dataclass(frozen=True)
class AuditOffer:
    """A deed of no case: about what, which step of it, what it says, and what does it.

    `perform` takes the seat, the id of what the deed is about, and a `body`. Where it
    `begins` a matter, it is about nothing yet.
    """

    about: PaperKind
    step: str
    body: type[Value]
    perform: _Perform
    begins: bool = False

    @property
    def id(self) -> str:
        """Return the name of the deed, such as `finding.answer`."""
        return f"{self.about}.{self.step}"

    @property
    def path(self) -> str:
        """Return the path of its resource, with its id in braces, if it has one."""
        first = collection(self.about)
        return first if self.begins else f"{first}/{{{self.about}}}/steps/{self.step}"

    @property
    def done(self) -> type[Value]:
        """Return the shape of what comes of it."""
        return _DONE[self.about]


def collection(kind: PaperKind) -> str:
    """Return the path of everything of a kind."""
    return f"/{kind.replace('_', '-')}s"


def once(
    seat: Seat, ticket: Ticket, offer: AuditOffer, about: UUID | None, body: Value
) -> Value:
    """Do a deed, or return what it came to when the same was asked for before.

    Raises:
        EstafetteError: as the deed.
    """
    numbered = replace(seat, desk=replace(seat.desk, ticket=ticket))
    before = _TAKEN[offer.about](numbered, paper_of(numbered.desk))
    return before if before is not None else offer.perform(numbered, about, body)


def _checking(at: Seat) -> Reader:
    return at.reader(ReadReason.CHECKING)


def _following(at: Seat) -> Reader:
    return at.reader(ReadReason.FOLLOWING_UP)


def _answering(at: Seat) -> Reader:
    return at.reader(ReadReason.ANSWERING)


def _follow(at: Seat, finding: FindingId, said: FollowUp) -> FindingDone:
    return findings.follow(at.desk, _following(at), finding, said.text, said.due_on)


def _close(at: Seat, finding: FindingId, said: Ending) -> FindingDone:
    return findings.close(at.desk, _following(at), finding, said.text, said.outcome)


def _in_words(
    act: Callable[[Any, Reader, SubjectRequestId, str], RequestDone],
) -> _Perform:
    return lambda at, request, said: act(at.desk, _answering(at), request, said.text)


_DONE: dict[PaperKind, type[Value]] = {
    PaperKind.FINDING: FindingDone,
    PaperKind.STATUTORY_LIST: ListMade,
    PaperKind.SUBJECT_REQUEST: RequestDone,
}
_TAKEN: dict[PaperKind, _Taken] = {
    PaperKind.FINDING: lambda at, paper: findings.taken(at.desk, _checking(at), paper),
    PaperKind.STATUTORY_LIST: lambda at, paper: statutory.taken(
        at.desk, _checking(at), paper
    ),
    PaperKind.SUBJECT_REQUEST: lambda at, paper: subject_requests.taken(
        at.desk, _answering(at), paper
    ),
}
"""What finds what came of a deed before, by the number of its paper."""

_OFFERS = (
    AuditOffer(
        PaperKind.FINDING,
        FindingStep.OPEN,
        NewFinding,
        lambda at, _, new: findings.open_finding(at.desk, _checking(at), new),
        begins=True,
    ),
    AuditOffer(
        PaperKind.FINDING,
        FindingStep.ANSWER,
        Text,
        lambda at, finding, said: findings.answer(
            at.desk, at.officer, finding, said.text
        ),
    ),
    AuditOffer(PaperKind.FINDING, FindingStep.FOLLOW, FollowUp, _follow),
    AuditOffer(PaperKind.FINDING, FindingStep.CLOSE, Ending, _close),
    AuditOffer(
        PaperKind.STATUTORY_LIST,
        "make",
        Period,
        lambda at, _, days: statutory.make(
            at.desk, _checking(at), days.first, days.last
        ),
        begins=True,
    ),
    AuditOffer(
        PaperKind.SUBJECT_REQUEST,
        RequestStep.RECORD,
        NewRequest,
        lambda at, _, new: subject_requests.record(at.desk, _answering(at), new),
        begins=True,
    ),
    AuditOffer(
        PaperKind.SUBJECT_REQUEST,
        RequestStep.ACKNOWLEDGE,
        Text,
        _in_words(subject_requests.acknowledge),
    ),
    AuditOffer(
        PaperKind.SUBJECT_REQUEST,
        RequestStep.EXTEND,
        Text,
        _in_words(subject_requests.extend),
    ),
    AuditOffer(
        PaperKind.SUBJECT_REQUEST,
        RequestStep.ANSWER,
        RequestReply,
        lambda at, request, reply: subject_requests.answer(
            at.desk, _answering(at), request, reply
        ),
    ),
    AuditOffer(
        PaperKind.SUBJECT_REQUEST,
        RequestStep.CLOSE,
        Text,
        _in_words(subject_requests.close),
    ),
)
AUDIT_OFFERS: dict[str, AuditOffer] = {offer.id: offer for offer in _OFFERS}
