"""An entry as an extract tells it, with ids as they are or under pseudonyms."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from models.trail import TrailEntry
from models.values import Value

Alias = Callable[[str, str], str]
"""Returns what stands for an id in an extract, given what kind of thing has it."""


class Told(Value):
    """One entry; `allowed` is what the rulings behind it answered, if there were any.

    Agencies, kinds, articles and days are as they stood; whatever else has an id goes
    by its alias. Nobody is `officer` where nobody acted, or once the name was erased.
    """

    entry: str
    at: datetime
    kind: str
    operation: str
    agency: str
    officer: str
    function: str
    on_behalf_of: str
    named: str
    act: str
    case: str
    handoff: str
    items: tuple[str, ...]
    recipients: tuple[str, ...]
    purpose: str
    article: str
    detail: str
    allowed: bool | None
    system: str

    @property
    def ruling(self) -> str:
        """Return what the rulings answered, in a word."""
        return {None: "", True: "allowed", False: "refused"}[self.allowed]


Read = Callable[[], Iterator[Told]]
"""Reads the wanted entries in order, anew each time."""
Form = Callable[[Read], Iterator[bytes]]
"""Writes what is read; as much of it as needs be at once is all that is in memory."""


def real(thing: str, name: str) -> str:
    """Return an id as it is."""
    return name


def pseudonyms() -> Alias:
    """Return aliases under a new key: the same within one extract, and nowhere else.

    The key is nowhere but in what is returned. An alias is 16 bytes in hex, as long
    as the ids that it stands for.
    """
    key = secrets.token_bytes(32)

    def alias(thing: str, name: str) -> str:
        return hmac.digest(key, f"{thing}\n{name}".encode(), "sha256")[:16].hex()

    return alias


def told(found: TrailEntry, alias: Alias) -> Told:
    """Return an entry as an extract tells it."""

    def of(thing: str, name: UUID | str | None) -> str:
        return alias(thing, str(name)) if name else ""

    entry, people = found.entry, {k: o.value for k, o in found.opened.items()}
    answers = [note.allowed for note in entry.rulings]
    return Told(
        entry=of("entry", entry.id),
        at=entry.at,
        kind=entry.kind,
        operation=entry.operation,
        agency=entry.agency,
        officer=of("officer", people.get("officer")),
        function=entry.function,
        on_behalf_of=of("officer", people.get("on_behalf_of")),
        named=of("officer", people.get("named")),
        act=of("act", entry.act),
        case=of("case", entry.case),
        handoff=of("handoff", entry.handoff),
        items=tuple(of("item", each) for each in entry.items),
        recipients=entry.recipients,
        purpose=entry.purpose,
        article=entry.article,
        detail=entry.detail,
        allowed=all(answers) if answers else None,
        system=entry.system,
    )
