"""Finding things by how their id starts, among what the connection may see."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, Connection, func, select, union

from storage import tables as t

# An agency that was asked knows the case from its handoff only.
_COLUMNS: dict[str, tuple[Column[UUID], ...]] = {
    "case": (t.case_file.c.id, t.handoff.c.case_id),
    "handoff": (t.handoff.c.id,),
    "item": (t.item.c.id,),
    "seen item": (t.sighting.c.item_id,),
    "entry": (t.entry.c.entry_id,),
    "case of the trail": (t.entry.c.case_id,),
    "item of the trail": (t.sighting.c.item_id,),
    "honey record": (t.honey.c.item_id,),
    "finding": (t.finding.c.id,),
    "statutory list": (t.statutory_list.c.id,),
    "subject request": (t.subject_request.c.id,),
}
_MOST = 5


def starting_with(connection: Connection, what: str, start: str) -> list[UUID]:
    """Return a few ids of a `case`, `handoff` or `item` that start so, in order.

    An `entry` or a `finding` is one that an auditor may see, or a finding's owner; a
    case or item `of the trail` stands in such an entry, or on a page that one showed.
    A `seen item` is one of which the connection may know who saw it.

    Args:
        connection: row-level security decides what exists.
        what: which kind of thing.
        start: lower-case hexadecimal digits, without dashes.
    """
    first, last = UUID(start.ljust(32, "0")), UUID(start.ljust(32, "f"))
    halves = [
        select(column.label("id")).distinct().where(column.between(first, last))
        for column in _COLUMNS[what]
    ]
    if what == "item of the trail":
        named = func.items_of_trail(first, last).column_valued("named")
        halves.append(select(named.label("id")))
    found = union(*halves).subquery()
    query = select(found.c.id).order_by(found.c.id).limit(_MOST)
    return [row.id for row in connection.execute(query)]
