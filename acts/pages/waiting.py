"""An officer's own acts that are stored and not yet taken up."""

from __future__ import annotations

from datetime import datetime

from acts.desk import Desk
from models.act_kinds import ActKind
from models.agencies import Officer
from models.ids import ActId, CaseId
from models.values import Value
from storage import intents
from storage.sessions import acting


class WaitingAct(Value):
    """An act that counts since `at`, and waits to be recorded."""

    act: ActId
    case: CaseId
    kind: ActKind
    at: datetime


def acts_waiting(
    desk: Desk, officer: Officer, case: CaseId | None = None
) -> list[WaitingAct]:
    """Return what an officer did that is not recorded yet, oldest first.

    No page is logged for it: it tells nobody more than their own acts.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        rows = intents.own_staged(connection, case)
    return [
        WaitingAct(
            act=ActId(row.act_id),
            case=CaseId(row.case_id),
            kind=ActKind(row.kind),
            at=row.stored_at,
        )
        for row in rows
    ]
