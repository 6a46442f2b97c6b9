"""What the passing of time did: nobody acts."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from models.events import Event, EventKind, Operation, Word


class Tick(Event):
    """What a term did to the agency that it binds; `detail` is the clock's code."""

    operation: Literal[Operation.PROCEDURE] = Operation.PROCEDURE
    case: UUID
    handoff: UUID | None = None
    article: str = ""
    detail: str = ""


class ClockReminded(Tick):
    """A term reminded the agency that it binds."""

    kind: Literal[EventKind.CLOCK_REMINDED] = EventKind.CLOCK_REMINDED
    article: Word
    detail: Word


class ClockEnded(Tick):
    """A term ended unmet."""

    kind: Literal[EventKind.CLOCK_ENDED] = EventKind.CLOCK_ENDED
    article: Word
    detail: Word


class HandoffExpired(Tick):
    """A question expired with its term; a request for release also with its item."""

    kind: Literal[EventKind.HANDOFF_EXPIRED] = EventKind.HANDOFF_EXPIRED
    handoff: UUID
