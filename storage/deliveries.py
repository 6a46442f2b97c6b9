"""Case keys on their way from one agency's node to another's."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import structlog
from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from models.errors import CiphertextInvalid, KeyUnknown
from storage import tables as t
from vault.node import Node
from vault.values import Delivery

log = structlog.get_logger()

_STORE = insert(t.key_delivery).on_conflict_do_nothing()
_PROMOTE = (
    update(t.key_delivery)
    .where(
        t.key_delivery.c.case_key_id.in_(
            select(t.item_key.c.case_key_id)
            .join(t.item, t.item.c.id == t.item_key.c.item_id)
            .where(t.item.c.act_id == bindparam("act"))
        )
    )
    .values(live=True)
)
_WAITING = select(t.key_delivery).where(
    t.key_delivery.c.receiver == bindparam("receiver"), t.key_delivery.c.live
)


def store(connection: Connection, act: UUID, deliveries: Sequence[Delivery]) -> None:
    """Store deliveries together with the act that first used their keys.

    Until a node knows that one is stored it repeats it, so the first one wins.
    """
    if deliveries:
        connection.execute(
            _STORE,
            [
                {
                    "case_key_id": d.case_key_id,
                    "case_id": UUID(d.case_id),
                    "giver": d.giver,
                    "receiver": d.receiver,
                    "scope": d.scope,
                    "epoch": d.epoch,
                    "sealed_key": d.sealed_key,
                    "act_id": act,
                    "live": False,
                }
                for d in deliveries
            ],
        )


def promote(connection: Connection, act: UUID) -> None:
    """Let receivers have the keys under which the items of a recorded act lie.

    Until then a delivery would tell that somebody meant to write to them.
    """
    connection.execute(_PROMOTE, {"act": act})


def receivers(connection: Connection) -> set[str]:
    """Return the agencies for which case keys wait."""
    query = select(t.key_delivery.c.receiver).where(t.key_delivery.c.live).distinct()
    return {row.receiver for row in connection.execute(query)}


def waiting(connection: Connection, receiver: str) -> list[Delivery]:
    """Return the deliveries to a receiver that the connection may see."""
    return [
        Delivery(
            case_key_id=row.case_key_id,
            giver=row.giver,
            receiver=row.receiver,
            case_id=str(row.case_id),
            scope=row.scope,
            epoch=row.epoch,
            sealed_key=row.sealed_key,
        )
        for row in connection.execute(_WAITING, {"receiver": receiver})
    ]


def collect(connection: Connection, node: Node) -> list[str]:
    """Let a node take the case keys that wait for it; return those it is done with."""
    done = []
    for delivery in waiting(connection, node.agency):
        try:
            node.accept(delivery)
        except KeyUnknown:
            # Keys of that case and scope were destroyed here meanwhile, for good.
            log.info("delivery_came_too_late", key=delivery.case_key_id)
        except CiphertextInvalid:
            log.error("delivery_does_not_open", key=delivery.case_key_id)
            continue
        done.append(delivery.case_key_id)
    return done


def forget(connection: Connection, case_keys: Sequence[str]) -> None:
    """Delete deliveries that arrived: a stored copy could bring a key back."""
    if case_keys:
        connection.execute(
            delete(t.key_delivery).where(t.key_delivery.c.case_key_id.in_(case_keys))
        )
