"""Who stands in for whom."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from models.events import Event, EventKind, Operation, Word


class CoverEvent(Event):
    """A cover; `detail` is its first and last day."""

    operation: Literal[Operation.PROCEDURE] = Operation.PROCEDURE
    case: UUID | None = None
    function: Word
    purpose: Word
    detail: Word


class CoverArranged(CoverEvent):
    """A supervisor or the mayor let an officer stand in for an absent colleague."""

    kind: Literal[EventKind.COVER_ARRANGED] = EventKind.COVER_ARRANGED


class CoverEnded(CoverEvent):
    """The absent colleague came back early."""

    kind: Literal[EventKind.COVER_ENDED] = EventKind.COVER_ENDED
