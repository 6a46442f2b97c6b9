"""An officer's own acts that are stored and not yet taken up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from models.act_kinds import ActKind
from models.ids import ActId, CaseId
from models.intents import IntentState
from models.values import Value


class WaitingAct(Value):
    """An act that counts since `at` and waits to be recorded, or that was refused."""

    act: ActId
    case: CaseId
    kind: ActKind
    at: datetime
    refused: bool = False


def waiting_of(rows: Iterable[Any]) -> list[WaitingAct]:
    """Return the acts that rows of `storage.intents.OWN_WAITING` hold.

    No page is logged for them: they tell nobody more than their own acts.
    """
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
