"""Where something stands, and how it ended."""

from __future__ import annotations

from models.deadlines import DeadlineState
from models.decisions import DecisionState
from models.handoffs import HandoffState, InnerState
from models.items import ItemState
from models.retention import OrderState
from models.words import AppealResult, Attendance
from web.forms.fields import words

STATES: dict[str, str] = {
    HandoffState.OFFERED: words("offered"),
    HandoffState.RECEIVED: words("received"),
    HandoffState.ACCEPTED: words("accepted"),
    HandoffState.ANSWERED: words("answered"),
    HandoffState.REFUSED: words("refused"),
    HandoffState.RETURNED: words("returned"),
    HandoffState.EXPIRED: words("expired"),
    HandoffState.RECALLED: words("taken back"),
    InnerState.PREPARED: words("prepared"),
    InnerState.NOTHING_KNOWN: words("nothing known"),
    InnerState.MAY_NOT_SAY: words("may not say"),
    DeadlineState.RUNNING: words("running"),
    DeadlineState.HELD: words("held open"),
    DeadlineState.MET: words("met"),
    DeadlineState.ENDED: words("ended"),
    DecisionState.PROPOSED: words("proposed"),
    DecisionState.ADOPTED: words("adopted"),
    DecisionState.NOTIFIED: words("notified"),
    DecisionState.WITHDRAWN: words("withdrawn"),
    ItemState.LIVE: words("live"),
    ItemState.STAGED: words("staged"),
    ItemState.ERASED: words("erased"),
    OrderState.OPEN: words("not given back yet"),
    OrderState.DONE: words("given back"),
}
OUTCOMES: dict[str, str] = {
    Attendance.HEARD: words("was heard"),
    Attendance.WRITTEN: words("answered in writing"),
    Attendance.ABSENT: words("stayed away without a valid reason"),
    AppealResult.REJECTED: words("rejected"),
    AppealResult.SUSPENDED: words("suspended"),
    AppealResult.ANNULLED: words("annulled"),
}
