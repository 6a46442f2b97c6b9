"""Which items a search looks into: the newest first, of the cases one works on."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, func, select, tuple_, union

from models.ids import CaseId, ItemId
from models.items import ItemState
from models.pages import Window
from storage import tables as t
from storage.items import PLACE

_NAMED = func.my_namings().table_valued("case_id", "handoff_id")
_IN_EMERGENCY = func.my_glasses().table_valued("case_id")
_WORKED_ON = union(select(_NAMED.c.case_id), select(_IN_EMERGENCY.c.case_id))


def newest(
    connection: Connection,
    window: Window,
    *,
    case: CaseId | None,
    everywhere: bool = False,
) -> list[ItemId]:
    """Return the newest live items that the connection may know of.

    Of one case, or of those that the officer is named for; `everywhere`: of all that
    the walls show. After an item that is hidden there is none.
    """
    row = t.item.c
    query = select(row.id).where(row.state == ItemState.LIVE)
    if case is not None:
        query = query.where(row.case_id == case)
    elif not everywhere:
        query = query.where(row.case_id.in_(_WORKED_ON))
    if window.after is not None:
        last = _place(connection, window.after)
        if last is None:
            return []
        query = query.where(tuple_(*PLACE) < tuple_(*last))
    query = query.order_by(*(each.desc() for each in PLACE)).limit(window.limit)
    return [ItemId(found.id) for found in connection.execute(query)]


def _place(connection: Connection, item: UUID) -> tuple[object, ...] | None:
    found = connection.execute(select(*PLACE).where(t.item.c.id == item)).first()
    return None if found is None else tuple(found)
