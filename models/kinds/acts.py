"""What every act of an officer says of itself in the log."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from models.events import Event, Ids, Operation, Word


class Act(Event):
    """An act on a case: why, under which article, and to whom something went."""

    operation: Operation = Operation.PROCEDURE
    act: UUID
    case: UUID
    handoff: UUID | None = None
    items: tuple[UUID, ...] = ()
    function: str = ""
    recipients: tuple[str, ...] = ()
    purpose: Word
    article: Word
    detail: str = ""


class CaseAct(Act):
    """An act of the procedure; a disclosure if something of it went to others."""

    operation: Literal[Operation.PROCEDURE, Operation.DISCLOSURE] = Operation.PROCEDURE


class HandoffAct(CaseAct):
    """An act on a question."""

    handoff: UUID


class ItemAct(Act):
    """An act on items that it names; the operation is the kind's own."""

    items: Ids
