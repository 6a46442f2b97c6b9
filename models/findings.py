"""Findings of auditors: what was found, who answers for it by when, how it ended."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from models.ids import AgencyId, FindingId, OfficerId, PaperId
from models.values import Value


class FindingState(StrEnum):
    """Whose turn it is."""

    OPEN = "open"
    """Its owner's: an answer is due."""

    ANSWERED = "answered"
    """The auditors': they follow up or close."""

    CLOSED = "closed"


class FindingStep(StrEnum):
    """What is done about a finding; each step has a sealed text of its own."""

    OPEN = "open"
    ANSWER = "answer"
    FOLLOW = "follow"
    CLOSE = "close"


class FindingOutcome(StrEnum):
    """How a finding ended; the list is ours."""

    REMEDIED = "remedied"
    EXPLAINED = "explained"
    """What was done was right, or could not be done otherwise."""

    NOT_REMEDIED = "not_remedied"
    REPORTED = "reported"
    """Handed on to the supervisory authority."""


class Finding(Value):
    """What an auditor found about entries of the trail of one agency.

    Attributes:
        auditor: the agency whose auditors opened it. agency: the one it is about.
        owner: the officer of that agency who answers for it.
        entries: ids of entries of the trail that it is about.
        due_on: the last day on which an answer is in time.
        kept_until: the last day on which its texts are kept, once it is closed.
    """

    id: FindingId
    auditor: AgencyId
    agency: AgencyId
    owner: OfficerId
    entries: tuple[UUID, ...]
    state: FindingState
    opened_on: date
    due_on: date
    outcome: FindingOutcome | None = None
    closed_on: date | None = None
    kept_until: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Tell whether its owner should have answered before today."""
        return self.state is FindingState.OPEN and self.due_on < today


class StepTaken(Value):
    """A step that was taken, and the paper with its text.

    Outside their agency officers appear as function and service number.
    """

    paper: PaperId
    step: FindingStep
    agency: AgencyId
    function: str
    service_number: str
    at: datetime
