"""What agencies' nodes raised the alarm about, as they told coordination."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.postgresql import insert as upsert

from models.link import NodeAlarm
from storage import tables as t


def note(connection: Connection, agency: str, alarm: NodeAlarm, at: datetime) -> None:
    """Keep an alarm; told again, it says whether it is over."""
    row = upsert(t.node_alarm).values(
        agency_id=agency,
        kind=alarm.kind,
        leaf=alarm.leaf,
        since=alarm.since,
        told_at=at,
        over_at=alarm.over,
    )
    one = ["agency_id", "kind", "leaf", "since"]
    over = {"over_at": row.excluded.over_at}
    connection.execute(row.on_conflict_do_update(index_elements=one, set_=over))


def told(connection: Connection) -> list[Row[Any]]:
    """Return every alarm, as rows of `node_alarm`, oldest first."""
    query = select(t.node_alarm).order_by(t.node_alarm.c.since)
    return list(connection.execute(query).all())
