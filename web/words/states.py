"""Where something stands, and how it ended."""

from __future__ import annotations

from models.deadlines import DeadlineState
from models.decisions import DecisionState
from models.handoffs import HandoffState, InnerState
from models.items import ItemState
from models.law.records import DataClass
from models.proceedings import AppealResult, Attendance
from models.retention import OrderState
from web.languages import words

STATES: dict[str, str] = {
    HandoffState.OFFERED: words("offered"),
    HandoffState.RECEIVED: words("received"),
    HandoffState.ACCEPTED: words("accepted"),
    HandoffState.ANSWERED: words("answered"),
    HandoffState.REFUSED: words("answer refused"),
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
MEANINGS: dict[HandoffState, str] = {
    HandoffState.OFFERED: words("Put; the asked agency has not taken it in hand yet."),
    HandoffState.RECEIVED: words(
        "The asked agency has it in hand, and answers, refuses or sends it back."
    ),
    HandoffState.ACCEPTED: words("The asked agency has undertaken to answer it."),
    HandoffState.ANSWERED: words("The answer is there; who is named may open it."),
    HandoffState.REFUSED: words("The asked agency refused, under an article."),
    HandoffState.RETURNED: words(
        "The asked agency sent it back: the asker completes it, or takes it back."
    ),
    HandoffState.EXPIRED: words("Its term ended without an answer."),
    HandoffState.RECALLED: words("Whoever asked took it back."),
}
"""What the state of a question means, for whoever meets it first."""
DATA_CLASSES: dict[str, str] = {
    DataClass.FILE: words("file of the inquiry"),
    DataClass.UNDERLYING: words("underlying data"),
    DataClass.REGISTER: words("entry in the register"),
    DataClass.ADVICE_DOSSIER: words("dossier of the advice"),
    DataClass.ADVICE_COPY: words("copy of the advice"),
    DataClass.ADVICE_DATA: words("working data of the advice"),
    DataClass.RISK_DOSSIER: words("dossier of the risk analysis"),
    DataClass.LOG: words("log"),
}
"""What was destroyed, where only the class of it is known."""
