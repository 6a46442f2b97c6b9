"""One step of a finding: its sealed text, its entry, and who is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from acts.audit.papers import Draft, paper_of, seal
from acts.desk import Desk
from acts.performing import PURPOSE
from models.agencies import Officer, OfficerFunction
from models.findings import Finding, FindingState, FindingStep, StepTaken
from models.ids import AgencyId, CaseId
from models.kinds.findings import (
    FindingAnswered,
    FindingClosed,
    FindingFollowed,
    FindingOpened,
    FindingTold,
)
from models.notices import Notice, NoticeKind
from models.papers import PaperKind
from storage import notices
from storage.audits import findings
from storage.log import evidence
from vault.values import Delivery

_PROVEN: dict[FindingStep, type[FindingTold]] = {
    FindingStep.OPEN: FindingOpened,
    FindingStep.ANSWER: FindingAnswered,
    FindingStep.FOLLOW: FindingFollowed,
    FindingStep.CLOSE: FindingClosed,
}
_TOLD = {
    FindingStep.OPEN: NoticeKind.FINDING_OPENED,
    FindingStep.ANSWER: NoticeKind.FINDING_ANSWERED,
    FindingStep.FOLLOW: NoticeKind.FINDING_FOLLOWED,
    FindingStep.CLOSE: NoticeKind.FINDING_CLOSED,
}


@dataclass(frozen=True)
class Step:
    """What is done, in which function, what the finding becomes, and the words."""

    step: FindingStep
    function: OfficerFunction
    finding: Finding
    text: str


@dataclass(frozen=True)
class Taken:
    """The receipt of a step, and deliveries of which the node is to be told."""

    receipt: str
    deliveries: Sequence[Delivery]


def take_step(
    desk: Desk, connection: Connection, officer: Officer, step: Step
) -> Taken:
    """Seal the text for the two agencies, prove the step, and tell the other side."""
    finding, at = step.finding, desk.clock.now()
    both = (finding.auditor, finding.agency)
    kind, paper = PaperKind.FINDING, paper_of(desk)
    draft = Draft(kind, finding.id, both, step.text, paper)
    deliveries = seal(desk, connection, officer, draft)
    taken = StepTaken(
        paper=paper,
        step=step.step,
        agency=officer.agency,
        function=step.function,
        service_number=officer.service_number,
        at=at,
    )
    findings.note_step(connection, finding.id, taken)
    entry = evidence.new_entry(
        _PROVEN[step.step](
            at=at,
            items=(finding.id, paper),
            agency=officer.agency,
            function=step.function,
            recipients=both,
            purpose=PURPOSE,
            detail=finding.outcome or str(finding.due_on),
        )
    )
    receipt = evidence.append(connection, entry, officer.id, named=finding.owner)
    for notice in _notices(connection, taken, finding):
        notices.leave(connection, notice)
    return Taken(receipt, deliveries)


def _notices(
    connection: Connection, taken: StepTaken, finding: Finding
) -> Iterator[Notice]:
    """Yield what the other side is told; the walls show it to those concerned only."""
    if taken.step is FindingStep.ANSWER:
        to, functions = finding.auditor, [OfficerFunction.AUDITOR.value]
    else:
        to, functions = (
            finding.agency,
            list(findings.watched(connection, finding.owner)),
        )
    due = finding.due_on if finding.state is FindingState.OPEN else None
    for function in functions[:1]:
        yield Notice(
            case=CaseId(finding.id),
            agency=AgencyId(to),
            function=function,
            kind=_TOLD[taken.step],
            due_on=due,
            at=taken.at,
        )
