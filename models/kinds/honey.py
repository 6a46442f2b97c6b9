"""Honey records: which items auditors watch."""

from __future__ import annotations

from typing import Literal

from models.events import Event, EventKind, Ids, Operation, Word


class HoneyEvent(Event):
    """An item that nobody has a task with is watched, or not any more."""

    operation: Literal[Operation.PROCEDURE] = Operation.PROCEDURE
    items: Ids
    function: Word
    purpose: Word


class HoneySet(HoneyEvent):
    """An auditor made an item a honey record: each read of it is unusual."""

    kind: Literal[EventKind.HONEY_SET] = EventKind.HONEY_SET


class HoneyLifted(HoneyEvent):
    """An item is no honey record any more."""

    kind: Literal[EventKind.HONEY_LIFTED] = EventKind.HONEY_LIFTED
