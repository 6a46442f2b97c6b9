"""An officer's own acts that are stored and not yet taken up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from acts.desk import Desk
from models.act_kinds import ActKind
from models.agencies import Officer
from models.ids import ActId, CaseId
from models.intents import IntentState
from models.values import Value
from storage import intents
from storage.sessions import acting


class WaitingAct(Value):
    """An act that counts since `at` and waits to be recorded, or that was refused."""

    act: ActId
    case: CaseId
    kind: ActKind
    at: datetime
    refused: bool = False


def acts_waiting(desk: Desk, officer: Officer, case: CaseId) -> list[WaitingAct]:
    """Return what an officer did that is not recorded, oldest first.

    It waits; or it was refused after it had waited, and nobody was there to be told.

    No page is logged for it: it tells nobody more than their own acts.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        return waiting_of(intents.own_waiting(connection, case))


def waiting_of(rows: Iterable[Any]) -> list[WaitingAct]:
    """Return the acts that rows hold."""
    return [
        WaitingAct(
            act=row.act_id,
            case=row.case_id,
            kind=ActKind(row.kind),
            at=row.stored_at,
            refused=row.state == IntentState.REFUSED,
        )
        for row in rows
    ]
