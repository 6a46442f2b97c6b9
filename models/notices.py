"""Notices: who is told that something happened; never what it is about."""

from __future__ import annotations

from datetime import date, datetime

from models.ids import AgencyId, CaseId, DeadlineId, HandoffId
from models.values import Value


class Notice(Value):
    """A notice to one function of an agency; carries no content."""

    case: CaseId
    agency: AgencyId
    function: str
    kind: str
    handoff: HandoffId | None = None
    deadline: DeadlineId | None = None
    clock: str = ""
    detail: str = ""
    due_on: date | None = None
    at: datetime
