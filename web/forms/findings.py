"""Forms of findings: opening one, and each step with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from acts.audit import findings
from acts.audit.findings import FindingDone, NewFinding
from acts.seat import Seat
from models.agencies import ReadReason
from models.findings import FindingOutcome, FindingStep
from models.ids import FindingId, OfficerId
from web.forms.fields import Choice, Field, Filled, Kind
from web.forms.ids import id_meant
from web.languages import words
from web.words.findings import ENDS_OF_FINDINGS

TITLE = words("Open a finding")
_TEXT = Field("text", words("In words"), Kind.TEXT)
_DUE = Field(
    "due",
    words("Last day for an answer"),
    Kind.DAY,
    required=False,
    help=words("Left empty, the rule for findings counts it."),
)


@dataclass(frozen=True)
class StepForm:
    """A step with a finding; `title` is English, as a button says it."""

    step: FindingStep
    title: str
    fields: Sequence[Field]
    perform: Callable[[Seat, FindingId, Filled], FindingDone]


def opening(entry: str) -> tuple[Field, ...]:
    """Return the fields of a new finding about an entry."""
    entries = Field(
        "entries",
        words("Entries of the trail, one a line"),
        Kind.TEXT,
        help=words("Whole ids, or how they begin."),
        example="3f2a91c0",
        given=entry,
    )
    owner = Field(
        "owner",
        words("Who answers for it"),
        help=words("An officer of the agency whose entries these are: AGENCY/NAME."),
        example="pz-midi/supervisor",
    )
    return (entries, owner, _TEXT, _DUE)


def open_finding(seat: Seat, filled: Filled) -> FindingDone:
    """Open a finding."""
    typed = filled.text("entries").split()
    new = NewFinding(
        entries=tuple(id_meant(seat, "entry", each) for each in typed),
        owner=OfficerId(filled.text("owner")),
        text=filled.text("text"),
        due_on=filled.day_if_given("due"),
    )
    return findings.open_finding(seat.desk, seat.reader(ReadReason.CHECKING), new)


def _answer(seat: Seat, finding: FindingId, filled: Filled) -> FindingDone:
    return findings.answer(seat.desk, seat.officer, finding, filled.text("text"))


def _follow(seat: Seat, finding: FindingId, filled: Filled) -> FindingDone:
    reader, due = seat.reader(ReadReason.FOLLOWING_UP), filled.day_if_given("due")
    return findings.follow(seat.desk, reader, finding, filled.text("text"), due)


def _close(seat: Seat, finding: FindingId, filled: Filled) -> FindingDone:
    reader = seat.reader(ReadReason.FOLLOWING_UP)
    outcome = FindingOutcome(filled.text("outcome"))
    return findings.close(seat.desk, reader, finding, filled.text("text"), outcome)


_OUTCOME = Field(
    "outcome",
    words("How it ended"),
    Kind.ONE,
    choices=tuple(Choice(each, ENDS_OF_FINDINGS[each]) for each in FindingOutcome),
)
_NEW_DUE = Field(
    "due",
    words("Last day for an answer"),
    Kind.DAY,
    required=False,
    help=words("With a day, its owner answers again until then."),
)
STEPS: Mapping[FindingStep, StepForm] = {
    form.step: form
    for form in (
        StepForm(FindingStep.ANSWER, words("Answer"), (_TEXT,), _answer),
        StepForm(FindingStep.FOLLOW, words("Follow up"), (_TEXT, _NEW_DUE), _follow),
        StepForm(FindingStep.CLOSE, words("Close"), (_OUTCOME, _TEXT), _close),
    )
}
