"""Honey records: rows that auditors of one agency see, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from models.honey import Honey
from models.ids import ItemId
from storage import tables as t

_ROW = t.honey.c


def enter(connection: Connection, auditor: str, honey: Honey) -> None:
    """Insert a honey record of an auditing agency."""
    connection.execute(
        insert(t.honey).values(
            auditor_id=auditor, item_id=honey.item, set_at=honey.set_at
        )
    )


def lift(connection: Connection, item: UUID, at: datetime) -> bool:
    """Lift what the connection may see of an item; say whether there was any."""
    lifted = (
        update(t.honey)
        .where(_ROW.item_id == item, _ROW.lifted_at.is_(None))
        .values(lifted_at=at)
    )
    return connection.execute(lifted).rowcount > 0


def every(connection: Connection) -> Sequence[Honey]:
    """Return all that the connection may see, those lifted too, the newest first."""
    query = select(t.honey).order_by(_ROW.set_at.desc(), _ROW.item_id)
    return [
        Honey(item=ItemId(row.item_id), set_at=row.set_at, lifted_at=row.lifted_at)
        for row in connection.execute(query)
    ]
