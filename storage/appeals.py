"""What stands between a case and the end of all appeals."""

from __future__ import annotations

from datetime import datetime

from models.deadlines import DeadlineRecord
from models.decisions import AppealWait
from models.law.clocks import ClockEnd
from storage.case_view import CaseView


def awaited(view: CaseView, at: datetime) -> AppealWait | None:
    """Return what a case waits for at an instant; None once appeals are exhausted.

    A judgment that annuls leaves no decision to appeal. One that rejects ends its own
    appeal and proves nothing of others: a confirmation is still wanted.
    """
    if any(each.is_pending for each in view.appeals):
        return AppealWait.JUDGMENT
    if not any(each.is_unconfirmed for each in view.decisions):
        return None
    term = term_of(view)
    running = term is not None and at < term.ends_at
    return AppealWait.TERM if running else AppealWait.CONFIRMATION


def term_of(view: CaseView) -> DeadlineRecord | None:
    """Return the term for appeal; of several, the newest.

    A decision that was withdrawn leaves its own, stopped term behind.
    """
    terms = [
        deadline
        for deadline in view.deadlines
        if ClockEnd.CONFIRM_NO_APPEAL in view.pack.clock(deadline.clock).at_end
    ]
    return max(terms, key=lambda term: term.started_on, default=None)
