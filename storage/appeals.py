"""What stands between a case and the end of all appeals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, union_all

from models.deadlines import DeadlineRecord
from models.decisions import FINAL, AppealWait, DecisionState
from models.law.clocks import ClockEnd
from storage import tables as t
from storage.among import among
from storage.case_view import CaseView

_UNCONFIRMED = select(t.decision.c.case_id).where(
    t.decision.c.state == DecisionState.NOTIFIED, t.decision.c.no_appeal_on.is_(None)
)
_PENDING = select(t.appeal.c.case_id).where(
    t.appeal.c.result.is_(None) | t.appeal.c.result.not_in(FINAL)
)
_OPEN = union_all(
    _UNCONFIRMED.where(t.decision.c.case_id == bindparam("case")),
    _PENDING.where(t.appeal.c.case_id == bindparam("case")),
).limit(1)
_OPEN_AMONG = union_all(
    _UNCONFIRMED.where(among(t.decision.c.case_id, "cases")),
    _PENDING.where(among(t.appeal.c.case_id, "cases")),
)


def are_open(connection: Connection, case: UUID) -> bool:
    """Tell whether an appeal is pending, or may be without being known here yet."""
    return connection.execute(_OPEN, {"case": case}).first() is not None


def open_among(connection: Connection, cases: Sequence[UUID]) -> set[UUID]:
    """Return those of some cases whose appeals are open, as far as may be seen."""
    found = connection.execute(_OPEN_AMONG, {"cases": cases})
    return set(found.scalars())


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
