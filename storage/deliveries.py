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


def waiting(
    connection: Connection, receiver: str, *, lock: bool = False
) -> list[Delivery]:
    """Return the deliveries to a receiver that the connection may see.

    With `lock`, only those that no other process is taking just now.
    """
    query = _WAITING.with_for_update(skip_locked=True) if lock else _WAITING
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
        for row in connection.execute(query, {"receiver": receiver})
    ]


def collect(
    connection: Connection, node: Node, *, lock: bool = False
) -> tuple[list[str], list[Delivery]]:
    """Let a node take the case keys that wait for it; `lock` as in `waiting`.

    Returns:
        The ids of those it is done with, and the deliveries that do not open: they
        were made for a delivery key that is gone.
    """
    done, broken = [], []
    for delivery in waiting(connection, node.agency, lock=lock):
        try:
            node.accept(delivery)
        except KeyUnknown:
            # Keys of that case and scope were destroyed here meanwhile, for good.
            log.info("delivery_came_too_late", key=delivery.case_key_id)
        except CiphertextInvalid:
            log.warning("delivery_does_not_open", key=delivery.case_key_id)
            broken.append(delivery)
            continue
        done.append(delivery.case_key_id)
    return done, broken


def replace(connection: Connection, delivery: Delivery) -> None:
    """Put a delivery to the receiver's new delivery key in the place of the old."""
    connection.execute(
        update(t.key_delivery)
        .where(t.key_delivery.c.case_key_id == delivery.case_key_id)
        .values(sealed_key=delivery.sealed_key)
    )


def drop_due(connection: Connection, case: UUID, agency: str, scope: str) -> None:
    """Delete deliveries of keys that are due for destruction."""
    connection.execute(
        delete(t.key_delivery).where(
            t.key_delivery.c.case_id == case,
            t.key_delivery.c.receiver == agency,
            t.key_delivery.c.scope == scope,
        )
    )


def forget(connection: Connection, case_keys: Sequence[str]) -> None:
    """Delete deliveries that arrived: a stored copy could bring a key back."""
    if case_keys:
        connection.execute(
            delete(t.key_delivery).where(t.key_delivery.c.case_key_id.in_(case_keys))
        )
