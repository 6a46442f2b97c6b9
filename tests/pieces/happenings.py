"""An event of any kind, with something in every field that the kind has."""

from datetime import datetime
from uuid import UUID

from models.clock import BRUSSELS
from models.events import Entry, Erased, Event, Operation
from models.kinds.catalogue import KINDS

CASE = UUID("0b7c1d1e-52a0-4c5f-8a58-3f0c7f0a9d11")
_SAID: dict[str, object] = {
    "operation": Operation.PROCEDURE,
    "at": datetime(2026, 11, 22, 10, tzinfo=BRUSSELS),
    "agency": "be-mun-x",
    "act": UUID("2d2a8c52-9f1b-4e3b-8a11-6c5d4e3f2a10"),
    "case": CASE,
    "handoff": UUID("5e0b4c1a-7d2e-4f6a-9b3c-8a7d6e5f4c3b"),
    "items": (UUID("c1f4b1c8-0f6e-4c8b-9a51-7f9f2d3e4a22"),),
    "function": "handler",
    "recipients": ("be-mun-x",),
    "purpose": "be-119ter",
    "article": "NLC 119ter §8",
    "detail": "words",
    "erased": Erased(officers=2, subjects=1, rulings=1, pages=1, root="ab" * 32),
}
_ADDED = {
    "id": UUID("6f2d0a52-7a9b-4b5e-9a34-0d1f5a3c2b10"),
    "nonce": "00112233445566778899aabbccddeeff",
    "recorded_at": datetime.fromisoformat("2026-11-22T09:00:00.125000Z"),
}


def happening(code: str, **said: object) -> Event:
    """Return an event of a kind; what it has no field for is left out of `said`."""
    kind = KINDS[code]
    given = {**_SAID, **said}
    if "operation" not in said and not kind.model_fields["operation"].is_required():
        given.pop("operation")
    known = {name: each for name, each in given.items() if name in kind.model_fields}
    return kind.model_validate(known)


def entry_of(event: Event) -> Entry:
    """Return its entry, alike each time."""
    return Entry.model_validate({**_ADDED, **dict(event)})
