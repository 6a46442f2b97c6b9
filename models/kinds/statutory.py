"""Lists that the law lets the supervisory authority ask for."""

from __future__ import annotations

from typing import Literal

from models.events import Event, EventKind, Ids, Operation, Word


class StatutoryListMade(Event):
    """The DPO made a list of persons processed and databases consulted; sealed.

    `detail` is its first and last day.
    """

    kind: Literal[EventKind.STATUTORY_LIST_MADE] = EventKind.STATUTORY_LIST_MADE
    operation: Literal[Operation.COMBINATION] = Operation.COMBINATION
    items: Ids
    function: Word
    purpose: Word
    article: Word
    detail: Word
