"""Whether bytes are an entry, in the one way in which the product writes one."""

from __future__ import annotations

from uuid import UUID

from pydantic import ValidationError

from ledger.canonical import decode, encode
from models.errors import InvalidInput
from models.events import Entry


def entry_id(body: bytes) -> UUID | None:
    """Return the id of an entry; None if the bytes are none, or spelled otherwise.

    A number as text, an id in capitals, a default that is written out: readers take
    these for what they are not.
    """
    try:
        decode(body)
        entry = Entry.model_validate_json(body)
    except (InvalidInput, ValidationError):
        return None
    written = encode(entry.model_dump(mode="json", exclude_defaults=True))
    return entry.id if written == body else None
