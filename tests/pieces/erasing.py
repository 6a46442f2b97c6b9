"""Erasing beside a log: what retention does, without cases and packs."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from ledger.erased import Part
from models.clock import legal_day
from models.erasing import OldEntry
from models.events import Entry, EventKind
from models.items import ItemState
from storage import tables as t
from storage.log import evidence, shredding
from storage.writing import together
from tests.pieces.happenings import happening

SEAL = b"signature of the originator"


def keep_item(connection: Connection, case: UUID, item: UUID) -> None:
    """Store the row of an item, sealed by nobody."""
    connection.execute(
        insert(t.item).values(
            id=item,
            case_id=case,
            act_id=uuid4(),
            originator="town",
            state=ItemState.LIVE,
            added_on=date(2026, 3, 2),
            header=b"",
            commitment=b"",
            signature=SEAL,
            sealed_at=datetime.now(UTC),
        )
    )


def erase_data(connection: Connection, item: UUID) -> None:
    """Let data die, with the salts of those whom they are about."""
    parts = shredding.of_subjects(connection, "town", [item])
    _append(connection, EventKind.ITEMS_ERASED, parts)


def erase_log(connection: Connection, first: int) -> None:
    """Let the first of the staged entries name nobody any more."""
    row = t.staged_entry.c
    query = select(row.leaf, row.body).order_by(row.staged_at, row.id).limit(first)
    old = [_old(leaf, body) for leaf, body in connection.execute(query)]
    _append(connection, EventKind.LOG_ERASED, shredding.of_officers(connection, old))


def _append(connection: Connection, kind: str, parts: list[Part]) -> None:
    at = datetime.now(UTC)
    said = {"at": at, "agency": "town", "erased": shredding.counted(parts)}
    entry = evidence.new_entry(happening(kind, **said))
    with together(connection) as rows:
        shredding.bury(rows, parts, entry)
        evidence.gather(rows, entry, None)


def _old(leaf: bytes, body: bytes) -> OldEntry:
    said = Entry.model_validate_json(body)
    day = legal_day(said.at).isoformat()
    return OldEntry(leaf, said.id, said.act, said.case, said.agency, day)
