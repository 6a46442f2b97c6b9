"""Forms of requests of data subjects: recording one, and each step with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from acts.audit import subject_requests
from acts.audit.subject_request_pages import RequestPage
from acts.audit.subject_requests import NewRequest, RequestDone, RequestReply
from acts.seat import Seat
from models.agencies import Reader, ReadReason
from models.ids import SubjectRequestId
from models.subject_requests import (
    RequestOutcome,
    RequestRegime,
    RequestState,
    RequestStep,
    SubjectRequest,
    SubjectRight,
)
from policies.subject_requests import RegimeRule
from web.forms.fields import Choice, Field, Filled, Kind
from web.languages import words
from web.words.subject_requests import ANSWERS, REGIMES, RIGHTS

TITLE = words("Record a request")
RECORDING = (
    Field(
        "right",
        words("Right"),
        Kind.ONE,
        choices=tuple(Choice(each, RIGHTS[each]) for each in SubjectRight),
    ),
    Field(
        "regime",
        words("Under which law"),
        Kind.ONE,
        choices=tuple(Choice(each, REGIMES[each]) for each in RequestRegime),
        help=words("That of the data that the person asks about; it says who answers."),
    ),
    Field(
        "number",
        words("Number of the person"),
        number="any",
        help=words(
            "The national number, or that of an enterprise or establishment of theirs."
            " Sealed for you; it stands in no list and in no entry."
        ),
    ),
    Field("received", words("Received on"), Kind.DAY),
    Field("identity", words("How the identity was checked")),
    Field("text", words("What was asked"), Kind.TEXT),
)
_TEXT = Field("text", words("In words"), Kind.TEXT)
_Fields = Callable[[RegimeRule, SubjectRequest], tuple[Field, ...]]


@dataclass(frozen=True)
class StepForm:
    """A step with a request; `title` is English, as a button says it.

    `fields` depend on what the law makes of the request.
    """

    step: RequestStep
    title: str
    fields: _Fields
    perform: Callable[[Seat, SubjectRequestId, Filled], RequestDone]


def record(seat: Seat, filled: Filled) -> RequestDone:
    """Record a request."""
    new = NewRequest(
        right=SubjectRight(filled.text("right")),
        regime=RequestRegime(filled.text("regime")),
        received_on=filled.day("received"),
        number=filled.text("number"),
        identity=filled.text("identity"),
        text=filled.text("text"),
    )
    return subject_requests.record(seat.desk, _reader(seat), new)


def offered(page: RequestPage) -> list[StepForm]:
    """Return the steps that can be taken with a request now."""
    request, extension = page.request, page.rule.term.extension
    taken = {each.taken.step for each in page.steps}
    steps: list[RequestStep] = []
    if request.state is RequestState.OPEN and RequestStep.ACKNOWLEDGE not in taken:
        steps.append(RequestStep.ACKNOWLEDGE)
    if request.state is RequestState.OPEN and not page.overdue:
        if extension is not None and request.extended < extension.times:
            steps.append(RequestStep.EXTEND)
    if request.state in (RequestState.OPEN, RequestState.ACKNOWLEDGED):
        steps.append(RequestStep.ANSWER)
    if request.state is RequestState.ANSWERED:
        steps.append(RequestStep.CLOSE)
    return [STEPS[each] for each in steps]


def _reader(seat: Seat) -> Reader:
    return seat.reader(ReadReason.ANSWERING)


def _in_words(_rule: RegimeRule, _request: SubjectRequest) -> tuple[Field, ...]:
    return (_TEXT,)


def _answering(rule: RegimeRule, request: SubjectRequest) -> tuple[Field, ...]:
    """Return the fields of an answer: what is lawful under a regime, for a right."""
    outcome = Field(
        "outcome",
        words("What was answered"),
        Kind.ONE,
        choices=tuple(Choice(each, ANSWERS[each]) for each in rule.answers),
    )
    limits = tuple(
        Choice(each.code, each.label, each.article)
        for each in rule.limits_of(request.right)
    )
    limit = Field(
        "limit",
        words("Restriction that it rests on"),
        Kind.ONE,
        required=False,
        choices=limits,
        help=words("For what is refused, or granted in part."),
    )
    return (outcome, limit, _TEXT) if limits else (outcome, _TEXT)


def _acknowledge(seat: Seat, request: SubjectRequestId, filled: Filled) -> RequestDone:
    said = filled.text("text")
    return subject_requests.acknowledge(seat.desk, _reader(seat), request, said)


def _extend(seat: Seat, request: SubjectRequestId, filled: Filled) -> RequestDone:
    said = filled.text("text")
    return subject_requests.extend(seat.desk, _reader(seat), request, said)


def _answer(seat: Seat, request: SubjectRequestId, filled: Filled) -> RequestDone:
    reply = RequestReply(
        outcome=RequestOutcome(filled.text("outcome")),
        text=filled.text("text"),
        limit=filled.text("limit"),
    )
    return subject_requests.answer(seat.desk, _reader(seat), request, reply)


def _close(seat: Seat, request: SubjectRequestId, filled: Filled) -> RequestDone:
    said = filled.text("text")
    return subject_requests.close(seat.desk, _reader(seat), request, said)


STEPS: Mapping[RequestStep, StepForm] = {
    form.step: form
    for form in (
        StepForm(
            RequestStep.ACKNOWLEDGE,
            words("Acknowledge receipt"),
            _in_words,
            _acknowledge,
        ),
        StepForm(
            RequestStep.EXTEND, words("Tell that it takes longer"), _in_words, _extend
        ),
        StepForm(RequestStep.ANSWER, words("Answer"), _answering, _answer),
        StepForm(RequestStep.CLOSE, words("Close"), _in_words, _close),
    )
}
