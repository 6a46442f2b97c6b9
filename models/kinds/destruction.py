"""What was destroyed or given back."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from models.events import Erased, Event, EventKind, Ids, Operation, Word


class Erasure(Event):
    """Something is readable no more."""

    operation: Literal[Operation.ERASURE] = Operation.ERASURE


class ErasureInCase(Erasure):
    """Something of a case is."""

    case: UUID


class ItemsErased(ErasureInCase):
    """The ciphertexts of one retention class were deleted, with the subjects' salts."""

    kind: Literal[EventKind.ITEMS_ERASED] = EventKind.ITEMS_ERASED
    items: tuple[UUID, ...] = ()
    article: str = ""
    detail: Word
    erased: Erased | None = None


class KeysDestroyed(ErasureInCase):
    """An agency's node destroyed its keys of one retention class."""

    kind: Literal[EventKind.KEYS_DESTROYED] = EventKind.KEYS_DESTROYED
    detail: Word


class ItemGivenBack(ErasureInCase):
    """A holder's node opens a recalled item no more, and signed that."""

    kind: Literal[EventKind.ITEM_GIVEN_BACK] = EventKind.ITEM_GIVEN_BACK
    items: Ids


class PapersErased(Erasure):
    """Texts of a finding, list or request were deleted; `detail` says of which."""

    kind: Literal[EventKind.PAPERS_ERASED] = EventKind.PAPERS_ERASED
    items: Ids
    article: Word
    detail: Word


class LogErased(Erasure):
    """What named officers beside old entries was destroyed; the entries stay."""

    kind: Literal[EventKind.LOG_ERASED] = EventKind.LOG_ERASED
    article: Word
    detail: Word
    erased: Erased | None = None
