"""Items that an agency wrote and keeps, sealed for others, until it lets them go."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from models.ids import OfficerId
from models.items import ItemState, KnownItem
from storage import deliveries, items
from storage import tables as t

_OF_ACT = t.item.c.act_id == bindparam("act")
_OWN = t.item_key.c.agency_id == t.item_key.c.giver
_LIVE = (
    update(t.item)
    .where(_OF_ACT)
    .values(state=ItemState.LIVE, handoff_id=bindparam("handoff"))
)
_AUDIENCE = ["item_id", "agency_id", "case_id", "originator", "handoff_id", "scope"]
_SEALED_FOR = (
    select(
        t.item_key.c.item_id,
        t.item_key.c.agency_id,
        t.item.c.case_id,
        t.item.c.originator,
        t.item.c.handoff_id,
        t.item_key.c.scope,
    )
    .join(t.item, t.item.c.id == t.item_key.c.item_id)
    .where(_OF_ACT)
)
_KEEP = insert(t.audience).from_select(_AUDIENCE, _SEALED_FOR.where(_OWN))
_LET_GO = insert(t.audience).from_select(_AUDIENCE, _SEALED_FOR.where(~_OWN))
_NEVER_LET_GO = delete(t.item_key).where(
    t.item_key.c.item_id.in_(select(t.item.c.id).where(_OF_ACT)), ~_OWN
)


def keep(connection: Connection, act: UUID, handoff: UUID | None) -> None:
    """Make the items of a recorded act live for the agency that gives them alone."""
    connection.execute(_LIVE, {"act": act, "handoff": handoff})
    connection.execute(_KEEP, {"act": act})


def by_act(connection: Connection, act: UUID) -> list[KnownItem]:
    """Return the items that an act left here, with those they are sealed for."""
    return items.sealed_by(connection, act, ItemState.LIVE)


def author(connection: Connection, item: UUID) -> OfficerId | None:
    """Return the officer whose act an item came with; None once acts are forgotten."""
    query = (
        select(t.intent.c.officer_id)
        .join(t.item, t.item.c.act_id == t.intent.c.act_id)
        .where(t.item.c.id == item)
    )
    found = connection.execute(query).scalar()
    return None if found is None else OfficerId(found)


def let_go(connection: Connection, act: UUID) -> None:
    """Let those have the items of an act whom they are sealed for."""
    connection.execute(_LET_GO, {"act": act})
    deliveries.promote(connection, act)


def never_let_go(connection: Connection, act: UUID) -> None:
    """Destroy the keys of others to the items of an act."""
    connection.execute(_NEVER_LET_GO, {"act": act})
    deliveries.drop_held(connection, act)
