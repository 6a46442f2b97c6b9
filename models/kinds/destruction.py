"""What was destroyed or given back."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from models.events import Erased, Event, EventKind, Ids, Operation, Word


class Erasure(Event):
    """Something of a case is readable no more."""

    operation: Literal[Operation.ERASURE] = Operation.ERASURE
    case: UUID


class ItemsErased(Erasure):
    """The ciphertexts of one retention class were deleted, with the subjects' salts."""

    kind: Literal[EventKind.ITEMS_ERASED] = EventKind.ITEMS_ERASED
    items: tuple[UUID, ...] = ()
    article: str = ""
    detail: Word
    erased: Erased | None = None


class KeysDestroyed(Erasure):
    """An agency's node destroyed its keys of one retention class."""

    kind: Literal[EventKind.KEYS_DESTROYED] = EventKind.KEYS_DESTROYED
    detail: Word


class ItemGivenBack(Erasure):
    """A holder's node opens a recalled item no more, and signed that."""

    kind: Literal[EventKind.ITEM_GIVEN_BACK] = EventKind.ITEM_GIVEN_BACK
    items: Ids


class PapersErased(Event):
    """Texts of a finding, or a statutory list, were deleted; `detail` says of which."""

    operation: Literal[Operation.ERASURE] = Operation.ERASURE
    kind: Literal[EventKind.PAPERS_ERASED] = EventKind.PAPERS_ERASED
    items: Ids
    article: Word
    detail: Word


class LogErased(Event):
    """What named officers beside old entries was destroyed; the entries stay."""

    operation: Literal[Operation.ERASURE] = Operation.ERASURE
    kind: Literal[EventKind.LOG_ERASED] = EventKind.LOG_ERASED
    article: Word
    detail: Word
    erased: Erased
