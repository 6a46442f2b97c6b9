"""Ledger entries, written in the transaction of the act they prove."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Connection, select

from ledger.canonical import encode
from ledger.merkle import leaf_hash
from models.clock import BRUSSELS
from models.events import Entry, Event, Operation
from models.ids import OfficerId
from models.items import ItemState
from storage import tables as t
from storage.among import among
from storage.log import handed
from storage.writing import Rows, together
from vault.commitments import commit, new_salt

_SEALS = select(t.item.c.id, t.item.c.signature).where(
    among(t.item.c.id, "items"),
    t.item.c.state != ItemState.ERASED,
)

_Key = TypeVar("_Key")


def new_entry(event: Event) -> Entry:
    """Return the entry of an event, recorded now; no officer is in it yet."""
    return Entry(
        id=uuid4(),
        nonce=secrets.token_hex(16),
        recorded_at=datetime.now(UTC),
        **dict(event),
    )


def append(
    connection: Connection,
    entry: Entry,
    officer: OfficerId | None,
    *,
    on_behalf_of: OfficerId | None = None,
    named: OfficerId | None = None,
) -> str:
    """Stage an entry and return its leaf hash, the receipt; see `gather`."""
    with together(connection) as rows:
        return gather(rows, entry, officer, on_behalf_of=on_behalf_of, named=named)


def gather(
    rows: Rows,
    entry: Entry,
    officer: OfficerId | None,
    *,
    on_behalf_of: OfficerId | None = None,
    named: OfficerId | None = None,
) -> str:
    """Gather the rows of an entry, and return its leaf hash, the receipt.

    Officers (who acts, in whose place, about whom) enter as salted commitments, and so
    does the sealed material that the entry is about. The salts lie in tables of their
    own, one for officers and one for data subjects, so that destroying them makes the
    entry anonymous without breaking the tree.
    """
    given = {"officer": officer, "on_behalf_of": on_behalf_of, "named": named}
    people = {kind: (name, new_salt()) for kind, name in given.items() if name}
    subjects = _subjects(rows.connection, entry)
    # The day of an entry is the first ten characters of it, in the legal time zone.
    said = {"at": entry.at.astimezone(BRUSSELS), "subjects": _commitments(subjects)}
    entry = entry.model_copy(update=said | _commitments(people))
    body = encode(entry.model_dump(mode="json", exclude_defaults=True))
    leaf = leaf_hash(body)
    staged = {"id": entry.id, "body": body, "leaf": leaf}
    rows.add(t.staged_entry, staged | {"staged_at": entry.recorded_at})
    beside = {"leaf": leaf, "case_id": entry.case}
    for kind, (name, salt) in people.items():
        rows.add(t.salt, {**beside, "kind": kind, "officer_id": name, "salt": salt})
    for item, (seal, salt) in subjects.items():
        about = {"item_id": item, "agency_id": entry.agency, "seal": seal}
        rows.add(t.subject_salt, {**beside, **about, "salt": salt})
    handed.hand_out(rows.connection, leaf)
    return leaf.hex()


def _commitments(hidden: Mapping[_Key, tuple[str, bytes]]) -> dict[_Key, str]:
    return {key: commit(salt, value).hex() for key, (value, salt) in hidden.items()}


def _subjects(connection: Connection, entry: Entry) -> dict[UUID, tuple[str, bytes]]:
    """Return the seal and a new salt of each item that the entry is about.

    What says that data were erased outlives them, and so commits to none of them.
    """
    if not entry.items or entry.operation is Operation.ERASURE:
        return {}
    found = connection.execute(_SEALS, {"items": list(entry.items)})
    return {row.id: (row.signature.hex(), new_salt()) for row in found}
