"""One step of a request of a data subject: its sealed text, and its entry."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from acts.audit.papers import Draft, paper_of, seal
from acts.desk import Desk
from models.agencies import OfficerFunction, Reader
from models.kinds.subject_requests import (
    SubjectRequestAcknowledged,
    SubjectRequestAnswered,
    SubjectRequestClosed,
    SubjectRequestExtended,
    SubjectRequestRecorded,
    SubjectRequestStep,
)
from models.papers import PaperKind
from models.subject_requests import RequestStep, RequestStepTaken, SubjectRequest
from storage.audits import subject_requests
from storage.log import evidence

_PROVEN: dict[RequestStep, type[SubjectRequestStep]] = {
    RequestStep.RECORD: SubjectRequestRecorded,
    RequestStep.ACKNOWLEDGE: SubjectRequestAcknowledged,
    RequestStep.EXTEND: SubjectRequestExtended,
    RequestStep.ANSWER: SubjectRequestAnswered,
    RequestStep.CLOSE: SubjectRequestClosed,
}


@dataclass(frozen=True)
class Step:
    """What is done, what the request becomes, under which article, and the words."""

    step: RequestStep
    request: SubjectRequest
    article: str
    text: str


def take_step(desk: Desk, connection: Connection, reader: Reader, step: Step) -> str:
    """Seal the text for the DPO's own agency, and prove the step; return the receipt.

    Raises:
        InvalidInput: the text is empty or too large.
        NotPermitted: it bears what may not be kept here.
    """
    request, officer, at = step.request, reader.officer, desk.clock.now()
    kind, own, paper = PaperKind.SUBJECT_REQUEST, (officer.agency,), paper_of(desk)
    seal(desk, connection, officer, Draft(kind, request.id, own, step.text, paper))
    taken = RequestStepTaken(paper=paper, step=step.step, at=at)
    subject_requests.note_step(connection, request.id, taken)
    entry = evidence.new_entry(
        _PROVEN[step.step](
            at=at,
            items=(request.id, paper),
            agency=officer.agency,
            function=OfficerFunction.DPO,
            purpose=reader.purpose,
            article=step.article,
            detail=_detail(step.step, request),
        )
    )
    return evidence.append(connection, entry, officer.id)


def _detail(step: RequestStep, request: SubjectRequest) -> str:
    """Return what an entry says in closed words; the log is held against rows by it."""
    if step is RequestStep.RECORD:
        days = f"{request.received_on} {request.due_on}"
        return f"{request.right} {request.regime} {days}"
    if step is RequestStep.ACKNOWLEDGE:
        return request.state
    if step is RequestStep.ANSWER:
        return " ".join(filter(None, (request.outcome, request.limit)))
    return request.outcome or str(request.due_on)
