"""Notices: who is told that something happened; never what it is about."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from models.ids import AgencyId, CaseId, DeadlineId, HandoffId
from models.values import Value


class NoticeKind(StrEnum):
    """What happened. The first five are the states that a handoff moves to."""

    OFFERED = "offered"
    ANSWERED = "answered"
    REFUSED = "refused"
    RETURNED = "returned"
    EXPIRED = "expired"
    GRANTED = "granted"
    RECALLED = "recalled"
    CORRECTED = "corrected"
    ENDED = "ended"
    SECOND_KEY = "second_key"
    DECLINED = "declined"
    FEEDBACK = "feedback"
    HEARD = "heard"
    PROPOSAL = "proposal"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"
    CONFIRMATION_WANTED = "confirmation_wanted"
    NOT_GIVEN_BACK = "not_given_back"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    BREAK_GLASS = "break_glass"
    BREAK_GLASS_READ = "break_glass_read"
    RECUSAL = "recusal"
    FINDING_OPENED = "finding_opened"
    FINDING_ANSWERED = "finding_answered"
    FINDING_FOLLOWED = "finding_followed"
    FINDING_CLOSED = "finding_closed"
    FINDING_OVERDUE = "finding_overdue"
    SUBJECT_REQUEST_DUE = "subject_request_due"
    SUBJECT_REQUEST_OVERDUE = "subject_request_overdue"
    REGISTER_ENTRY = "register_entry"

    @property
    def of_finding(self) -> bool:
        """Tell whether a finding stands in the place of the case."""
        return self.startswith("finding_")

    @property
    def of_subject_request(self) -> bool:
        """Tell whether a request of a data subject stands in the place of the case."""
        return self.startswith("subject_request_")


class Notice(Value):
    """A notice to one function of an agency; carries no content."""

    case: CaseId
    agency: AgencyId
    function: str
    kind: NoticeKind
    handoff: HandoffId | None = None
    deadline: DeadlineId | None = None
    clock: str = ""
    detail: str = ""
    due_on: date | None = None
    at: datetime
