"""Requests to let an item go on to one more agency, and the wrap that grants one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from models.handoffs import OPEN_STATES, ReleaseRequest
from models.ids import AgencyId, CaseId, HandoffId, ItemId
from models.items import KnownItem
from storage import tables as t
from storage.items import KeyRow

_ROW = t.release_request.c
OF_HANDOFF = select(t.release_request).where(_ROW.handoff_id == bindparam("handoff"))
"""What a handoff asks to release, if that is what it asks."""


def enter(connection: Connection, request: ReleaseRequest) -> None:
    """Insert a request beside its handoff."""
    connection.execute(
        insert(t.release_request).values(
            handoff_id=request.handoff,
            case_id=request.case,
            item_id=request.item,
            recipient=request.recipient,
            serves_id=request.serves,
            article=request.article,
        )
    )


def find(connection: Connection, handoff: UUID) -> ReleaseRequest | None:
    """Return what a handoff asks to release, if that is what it asks."""
    row = connection.execute(OF_HANDOFF, {"handoff": handoff}).first()
    return None if row is None else request_of(row)


def open_about(connection: Connection, item: UUID) -> list[ReleaseRequest]:
    """Return the requests about an item that wait for an answer."""
    query = (
        select(t.release_request)
        .join(t.handoff, t.handoff.c.id == t.release_request.c.handoff_id)
        .where(t.release_request.c.item_id == item, t.handoff.c.state.in_(OPEN_STATES))
    )
    return [request_of(row) for row in connection.execute(query)]


def stage_wrap(connection: Connection, act: UUID, key: KeyRow) -> None:
    """Store the wrap by which an act, once it is recorded, grants a live item."""
    connection.execute(insert(t.staged_wrap).values(act_id=act, **key.columns()))


def staged_wrap(connection: Connection, act: UUID) -> KeyRow | None:
    """Return the wrap that was staged with an act."""
    query = select(t.staged_wrap).where(t.staged_wrap.c.act_id == act)
    row = connection.execute(query).first()
    return None if row is None else KeyRow(
        item=ItemId(row.item_id),
        agency=AgencyId(row.agency_id),
        giver=AgencyId(row.giver),
        scope=row.scope,
        case_key=row.case_key_id,
        wrapped=row.wrapped,
    )  # fmt: skip


def give(
    connection: Connection, act: UUID, known: KnownItem, key: KeyRow, serves: HandoffId
) -> None:
    """Make a staged wrap the key of one more holder."""
    connection.execute(insert(t.item_key).values(**key.columns()))
    connection.execute(
        insert(t.audience).values(
            item_id=key.item,
            agency_id=key.agency,
            case_id=known.case,
            originator=known.originator,
            handoff_id=serves,
            scope=key.scope,
        )
    )
    connection.execute(
        update(t.key_delivery)
        .where(t.key_delivery.c.case_key_id == key.case_key)
        .values(live=True)
    )
    connection.execute(delete(t.staged_wrap).where(t.staged_wrap.c.act_id == act))


def request_of(row: Any) -> ReleaseRequest:
    """Return the request that a row holds."""
    return ReleaseRequest(
        handoff=HandoffId(row.handoff_id),
        case=CaseId(row.case_id),
        item=ItemId(row.item_id),
        recipient=AgencyId(row.recipient),
        serves=HandoffId(row.serves_id),
        article=row.article,
    )
