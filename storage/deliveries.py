"""Case keys on their way from one agency's node to another's."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, insert, select

from storage import tables as t
from vault.values import Delivery


def store(connection: Connection, act: UUID, deliveries: Sequence[Delivery]) -> None:
    """Store deliveries together with the act that first used their keys."""
    if deliveries:
        connection.execute(
            insert(t.key_delivery),
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
                }
                for d in deliveries
            ],
        )


def waiting(connection: Connection, receiver: str) -> list[Delivery]:
    """Return the deliveries to a receiver that the connection may see."""
    query = select(t.key_delivery).where(t.key_delivery.c.receiver == receiver)
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
        for row in connection.execute(query)
    ]
