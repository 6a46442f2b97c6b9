"""Releases of items to readers, and what comes out against one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.agencies import Officer
from models.events import Entry
from models.ids import ItemId
from models.items import KnownItem
from storage import tables as t
from storage.among import among
from storage.writing import Rows
from vault.values import Sealed, Signer, Wrap

_TAKE = (
    select(t.item, t.item_body, t.item_key, t.agency.c.certificates)
    .join(t.agency, t.agency.c.id == t.item.c.originator)
    .join(t.item_body, t.item_body.c.item_id == t.item.c.id)
    .join(t.item_key, t.item_key.c.item_id == t.item.c.id)
    .where(among(t.item.c.id, "items"), t.item_key.c.agency_id == bindparam("agency"))
)


class Released(NamedTuple):
    """An item that a reader may have: by which release, ruling and receipt."""

    known: KnownItem
    release: UUID
    ruling: UUID
    receipt: str


class Taken(NamedTuple):
    """What came out against a release."""

    released: Released
    sealed: Sealed
    wrap: Wrap
    originator: Signer


def note(
    rows: Rows, officer: Officer, entry: Entry, released: Sequence[Released]
) -> None:
    """Gather the rows of a release beside those of its entry."""
    for each in released:
        rows.add(
            t.release,
            {
                "id": each.release,
                "item_id": each.known.item,
                "agency_id": officer.agency,
                "officer_id": officer.id,
                "purpose": entry.purpose,
                "ruling_id": each.ruling,
                "entry_id": entry.id,
                "at": entry.at,
            },
        )


def taken_against(
    connection: Connection, agency: str, released: Sequence[Released]
) -> Iterator[Taken]:
    """Yield bodies and wrapped keys; the connection names a release of earlier on."""
    by_item = {each.known.item: each for each in released}
    values = {"items": list(by_item), "agency": agency}
    rows = connection.execute(_TAKE, values)
    found = {ItemId(row.id): row for row in rows}
    # The originator alone lets an item go on, whoever the row says gave the key: the
    # node opens no wrap under a case key that another agency made.
    for item, against in by_item.items():
        if item in found:
            row, giver = found[item], against.known.originator
            sealed = Sealed(row.header, row.ciphertext, row.commitment, row.signature)
            wrap = Wrap(str(item), giver, agency, row.case_key_id, row.wrapped)
            signer = Signer(giver, tuple(row.certificates), row.sealed_at)
            yield Taken(against, sealed, wrap, signer)
