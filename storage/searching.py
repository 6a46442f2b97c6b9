"""Which items a search looks into: the newest first, of the cases one works on."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select, union

from models.ids import CaseId, ItemId
from models.items import ItemState
from models.pages import Window
from storage import tables as t
from storage.items import PLACE
from storage.paging import Listed, page_of

_NAMED = func.my_namings().table_valued("case_id", "handoff_id")
_IN_EMERGENCY = func.my_glasses().table_valued("case_id")
_WORKED_ON = union(select(_NAMED.c.case_id), select(_IN_EMERGENCY.c.case_id))
_LIVE = select(t.item.c.id).where(t.item.c.state == ItemState.LIVE)
_OF_CASE = _LIVE.where(t.item.c.case_id == bindparam("case"))
_OF_OFFICER = _LIVE.where(t.item.c.case_id.in_(_WORKED_ON))


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
    query = _OF_CASE if case else _LIVE if everywhere else _OF_OFFICER
    listed = Listed(query, PLACE, {"case": case}, down=True)
    found = page_of(connection, listed, window)
    return [ItemId(row.id) for row in found]
