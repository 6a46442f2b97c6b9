"""What was released or shown to somebody, and what was refused."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from models.events import INSTALLATION, Event, EventKind, Ids, Names, Operation, Word


class ActRefused(Event):
    """An act was refused; its code and the error's name stay, its content is gone."""

    kind: Literal[EventKind.ACT_REFUSED] = EventKind.ACT_REFUSED
    operation: Literal[Operation.PROCEDURE] = Operation.PROCEDURE
    act: UUID
    case: UUID
    purpose: Word
    detail: Word


class Consultation(Event):
    """Somebody wanted to read items, for a purpose, with a reason."""

    operation: Literal[Operation.CONSULTATION] = Operation.CONSULTATION
    case: UUID | None = None
    handoff: UUID | None = None
    items: Ids
    function: str
    recipients: Names
    purpose: Word
    article: Word
    detail: Word


class ItemReleased(Consultation):
    """An item was released to a reader: not proof that it was read."""

    kind: Literal[EventKind.ITEM_RELEASED] = EventKind.ITEM_RELEASED


class ReadRefused(Consultation):
    """A read was refused by policy."""

    kind: Literal[EventKind.READ_REFUSED] = EventKind.READ_REFUSED


class ListShown(Event):
    """A page was released: of a list, one case or one handoff; its ids lie beside."""

    kind: Literal[EventKind.LIST_SHOWN] = EventKind.LIST_SHOWN
    operation: Literal[Operation.CONSULTATION, Operation.PROCEDURE]
    case: UUID | None = None
    handoff: UUID | None = None
    function: str
    recipients: Names
    purpose: Word
    detail: Word


class CaseSought(Event):
    """An officer asked whether a case exists; written before anything was looked up."""

    kind: Literal[EventKind.CASE_SOUGHT] = EventKind.CASE_SOUGHT
    operation: Literal[Operation.PROCEDURE] = Operation.PROCEDURE
    case: UUID
    function: str
    recipients: Names
    purpose: Word
    detail: str = ""


class LogRead(Event):
    """The operator read the log, or its rulings; `detail` says by which door."""

    kind: Literal[EventKind.LOG_READ] = EventKind.LOG_READ
    operation: Literal[Operation.CONSULTATION] = Operation.CONSULTATION
    agency: str = INSTALLATION
    detail: Word
