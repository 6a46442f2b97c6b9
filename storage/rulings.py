"""Rulings as they are stored: bound to their ledger entry, ready to be taken again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, select

from ledger.canonical import JsonValue, encode
from ledger.erased import ERASED
from ledger.erased import ruling as ruling_part
from models.errors import EntryAltered, InvalidInput
from models.events import Entry, RulingNote
from models.rulings import Ruling
from models.values import Value
from storage import tables as t
from storage.log import tombstones
from storage.writing import Rows
from vault.commitments import commit, new_salt


class StoredRuling(Value):
    """A ruling read back, with the legal instant at which it was given."""

    id: UUID
    at: datetime
    ruling: Ruling


class Kept(NamedTuple):
    """A document beside the ledger, and the salt of the commitment to it."""

    document: dict[str, Any]
    salt: bytes


def note(rows: Rows, ruling: Ruling, entry: Entry) -> RulingNote:
    """Gather a ruling with its facts, and return the reference for the entry."""
    identifier, salt = uuid4(), new_salt()
    act = entry.act or entry.id
    document = ruling.model_dump(mode="json")
    values = {"id": identifier, "act_id": act, "salt": salt, "at": entry.at}
    rows.add(t.ruling, values | document)
    return RulingNote(
        id=identifier,
        allowed=ruling.allowed,
        policies=ruling.policies,
        digest=ruling.digest,
        commitment=commitment(salt, act, document),
    )


def commitment(salt: bytes, act: UUID, document: dict[str, JsonValue]) -> str:
    """Return what an entry says of a ruling: a salted commitment to all of it, hex."""
    return commit(salt, encode({**document, "act": str(act)}).decode()).hex()


def commitments(connection: Connection, rulings: Sequence[UUID]) -> dict[UUID, str]:
    """Recompute the commitments of stored rulings, by id; what is gone is missing.

    It is `ERASED` where a tombstone stands.

    Raises:
        EntryAltered: one holds what no ruling can.
    """
    query = select(t.ruling).where(t.ruling.c.id.in_(rulings))
    found = {row.id: _recomputed(row) for row in connection.execute(query)}
    gone = {ruling_part(each): each for each in rulings if each not in found}
    erased = tombstones.named(connection, list(gone)) if gone else ()
    return found | {gone[name]: ERASED for name in erased}


def _recomputed(row: Row[Any]) -> str:
    try:
        return commitment(row.salt, row.act_id, _document(row))
    except InvalidInput as error:
        raise EntryAltered(
            f"ruling `{row.id}` is stored as none is: {error.message}",
            help="somebody wrote past the program: see `ruling`",
        ) from error


def kept(connection: Connection, rulings: Sequence[UUID]) -> dict[UUID, Kept]:
    """Return rulings as they are stored, by id; what is gone is missing."""
    query = select(t.ruling).where(t.ruling.c.id.in_(rulings))
    return {row.id: Kept(_document(row), row.salt) for row in connection.execute(query)}


def find(connection: Connection, identifier: UUID) -> StoredRuling | None:
    """Return a stored ruling."""
    query = select(t.ruling).where(t.ruling.c.id == identifier)
    row = connection.execute(query).first()
    if row is None:
        return None
    ruling = Ruling.model_validate(_document(row))
    return StoredRuling(id=row.id, at=row.at, ruling=ruling)


def _document(row: Row[tuple[object, ...]]) -> dict[str, JsonValue]:
    """Return a ruling as it was stored: facts that came later are not added."""
    return {name: getattr(row, name) for name in Ruling.model_fields}
