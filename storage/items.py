"""Sealed items: staged with an act, promoted with it, erased with their keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from models.errors import EntryAltered
from models.ids import AgencyId, HandoffId, ItemId
from models.items import ItemHeader, ItemState, KnownItem, described
from models.values import Value
from storage import tables as t
from storage.among import among
from storage.at_once import bytes_of
from storage.writing import together

PLACE = (t.item.c.added_on, t.item.c.sealed_at, t.item.c.id)
"""Where an item stands in a list: by its legal day, then by when it was sealed."""

_OF_ACT = t.item.c.act_id == bindparam("act")
_STAGE_KEYS = insert(t.item_key)
_SEALED_BY = (
    select(t.item, func.array_agg(t.item_key.c.agency_id).label("audience"))
    .join(t.item_key, t.item_key.c.item_id == t.item.c.id)
    .where(_OF_ACT, t.item.c.state == bindparam("in_state"))
    .group_by(t.item.c.id)
)
_LIVE = (
    update(t.item)
    .where(_OF_ACT)
    .values(state=ItemState.LIVE, handoff_id=bindparam("handoff"))
    .returning(t.item.c.id, t.item.c.case_id, t.item.c.originator, t.item.c.handoff_id)
    .cte("live")
)
_PROMOTE = insert(t.audience).from_select(
    ["item_id", "agency_id", "case_id", "originator", "handoff_id", "scope"],
    select(
        t.item_key.c.item_id,
        t.item_key.c.agency_id,
        _LIVE.c.case_id,
        _LIVE.c.originator,
        _LIVE.c.handoff_id,
        t.item_key.c.scope,
    ).join(_LIVE, _LIVE.c.id == t.item_key.c.item_id),
)
_SERVE = (
    update(t.audience)
    .where(
        t.audience.c.item_id.in_(select(t.item.c.id).where(_OF_ACT)),
        t.audience.c.agency_id == bindparam("agency"),
    )
    .values(handoff_id=bindparam("serves"))
)
_HELD = (
    select(
        *(t.item.c.id, t.item.c.case_id, t.item.c.state),
        *(t.item.c.added_on, t.item.c.header),
        t.audience.c.handoff_id,
    )
    .join(t.audience, t.audience.c.item_id == t.item.c.id)
    .where(
        t.audience.c.agency_id == bindparam("agency"),
        t.item.c.state != ItemState.STAGED,
    )
)
_KNOWN = _HELD.where(t.item.c.id == bindparam("item"))
_KNOWN_AMONG = _HELD.where(among(t.item.c.id, "items")).order_by(
    *(column.desc() for column in PLACE)
)
KNOWN_TO = _HELD.where(t.item.c.case_id == bindparam("case")).order_by(*PLACE)
"""The items of a case that were sealed for an agency, oldest first."""


class SealedRow(Value):
    """A sealed item with its wrapped keys, as it is stored."""

    header: ItemHeader
    header_bytes: bytes
    ciphertext: bytes
    commitment: bytes
    signature: bytes


class KeyRow(Value):
    """The key of an item, wrapped by `giver` for `agency` under one case key."""

    item: ItemId
    agency: AgencyId
    giver: AgencyId
    scope: str
    case_key: str
    wrapped: bytes

    def columns(self) -> dict[str, object]:
        """Return it as a row of `item_key` or `staged_wrap` has it."""
        return {
            "item_id": self.item,
            "agency_id": self.agency,
            "giver": self.giver,
            "scope": self.scope,
            "case_key_id": self.case_key,
            "wrapped": self.wrapped,
        }


def stage(
    connection: Connection, act: UUID, day: date, sealed: Iterable[SealedRow]
) -> None:
    """Store sealed items as part of an act that is staged on a legal day."""
    with together(connection) as rows:
        for one in sealed:
            header = one.header
            values = {
                "id": header.item,
                "case_id": header.case,
                "act_id": act,
                "handoff_id": None,
                "originator": header.originator,
                "state": ItemState.STAGED,
                "added_on": day,
                "header": one.header_bytes,
                "commitment": one.commitment,
                "signature": one.signature,
                "sealed_at": datetime.now(UTC),
            }
            rows.add(t.item, values)
            rows.add(
                t.item_body, {"item_id": header.item, "ciphertext": one.ciphertext}
            )


def stage_keys(connection: Connection, keys: Sequence[KeyRow]) -> None:
    """Store the wrapped keys of staged items."""
    if keys:
        connection.execute(_STAGE_KEYS, [key.columns() for key in keys])


def sealed_by(
    connection: Connection, act: UUID, state: ItemState = ItemState.STAGED
) -> list[KnownItem]:
    """Return the items of an act with the agencies they were sealed for."""
    rows = connection.execute(_SEALED_BY, {"act": act, "in_state": state})
    return [known_of(row, tuple(sorted(row.audience))) for row in rows]


def promote(
    connection: Connection,
    act: UUID,
    handoff: UUID | None,
    serving: Mapping[AgencyId, HandoffId | None],
) -> None:
    """Make the items of a recorded act live, and fix their audience.

    `serving` names the agencies that have them for another question than `handoff`.
    """
    connection.execute(_PROMOTE, {"act": act, "handoff": handoff})
    for agency, serves in serving.items():
        if serves is None:
            continue
        values = {"act": act, "agency": agency, "serves": serves}
        connection.execute(_SERVE, values)


def known(connection: Connection, item: UUID, agency: str) -> KnownItem | None:
    """Return one item that an agency holds and the connection may know of."""
    row = connection.execute(_KNOWN, {"item": item, "agency": agency}).first()
    return None if row is None else known_of(row)


def known_to(connection: Connection, agency: str, case: UUID) -> list[KnownItem]:
    """Return the items of a case that were sealed for an agency, oldest first."""
    rows = connection.execute(KNOWN_TO, {"agency": agency, "case": case})
    return [known_of(row) for row in rows]


def known_among(
    connection: Connection, agency: str, wanted: Sequence[UUID]
) -> list[KnownItem]:
    """Return those of some items that an agency holds, newest first."""
    values = {"items": list(wanted), "agency": agency}
    return [known_of(row) for row in connection.execute(_KNOWN_AMONG, values)]


def are_given(connection: Connection, agency: str, case: UUID) -> bool:
    """Tell whether an agency is in the audience of any item of a case."""
    row = t.audience.c
    query = select(row.item_id).where(row.agency_id == agency, row.case_id == case)
    return connection.execute(query.limit(1)).first() is not None


def givers(
    connection: Connection, case: UUID, agency: str, scope: str
) -> list[AgencyId]:
    """Return the agencies that wrapped items of a scope for `agency`."""
    # The originator alone wraps; the wrap of a recalled item is gone already.
    query = (
        select(t.audience.c.originator)
        .where(
            t.audience.c.case_id == case,
            t.audience.c.agency_id == agency,
            t.audience.c.scope == scope,
        )
        .distinct()
    )
    return [AgencyId(row.originator) for row in connection.execute(query)]


def erase(connection: Connection, case: UUID, agency: str, scope: str) -> list[UUID]:
    """Take one agency's keys of one scope away; bodies nobody can open go too.

    Returns the items that this agency can no longer open.
    """
    gone = [
        row.item_id
        for row in connection.execute(
            select(t.audience.c.item_id).where(
                t.audience.c.case_id == case,
                t.audience.c.agency_id == agency,
                t.audience.c.scope == scope,
            )
        )
    ]
    if not gone:
        return []
    for table in (t.item_key, t.number_token, t.audience):
        connection.execute(
            delete(table).where(table.c.item_id.in_(gone), table.c.agency_id == agency)
        )
    orphans = select(t.item.c.id).where(
        t.item.c.id.in_(gone),
        ~select(t.audience.c.item_id)
        .where(t.audience.c.item_id == t.item.c.id)
        .exists(),
    )
    connection.execute(delete(t.item_body).where(t.item_body.c.item_id.in_(orphans)))
    connection.execute(
        update(t.item)
        .where(t.item.c.id.in_(orphans))
        .values(state=ItemState.ERASED, commitment=b"", signature=b"")
    )
    return gone


def known_of(row: Any, audience: tuple[AgencyId, ...] = ()) -> KnownItem:
    """Read what an item says of itself from its signed header, not from columns.

    Raises:
        EntryAltered: the row speaks of another item or case than the header, or the
            header is none.
    """
    try:
        header = ItemHeader.model_validate_json(bytes_of(row.header))
    except ValidationError:
        raise EntryAltered(f"item `{row.id}` has no header of ours") from None
    # Ids are text if they came as JSON.
    if (str(header.item), str(header.case)) != (str(row.id), str(row.case_id)):
        raise EntryAltered(f"item `{row.id}` is filed under what its header is not")
    return described(
        header,
        row.state,
        handoff=row.handoff_id,
        audience=audience,
        added_on=row.added_on,
    )
