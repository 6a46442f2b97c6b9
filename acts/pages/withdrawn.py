"""What is left in lists of an item that its originator took back: no content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.ruling import Bench
from models.agencies import Reader
from models.clock import legal_day
from models.control import RecallGround
from models.ids import AgencyId, HandoffId, ItemId
from models.items import ItemKind, ItemState, KnownItem
from models.recalls import RecallLine
from models.values import Value
from storage import recalls


class TakenBack(Value):
    """An item that was here: what it was, who took it back, why, and on which day."""

    item: ItemId
    handoff: HandoffId | None
    kind: ItemKind
    source: str | None
    originator: AgencyId
    state: ItemState = ItemState.RECALLED
    ground: RecallGround
    taken_back_on: date

    @property
    def id(self) -> UUID:
        """Return the id by which the line is logged."""
        return self.item


class ItemsPage(Value):
    """A page of the items of a case; what was taken back is on the first page alone."""

    items: tuple[KnownItem, ...]
    taken_back: tuple[TakenBack, ...] = ()


def taken_back(
    desk: Desk, connection: Connection, reader: Reader, held: Sequence[KnownItem]
) -> tuple[TakenBack, ...]:
    """Return the lines of items that the reader could read, were they not taken back.

    Whoever received something wrong is told so (LVP 32 §3). Who may not read an item
    for another reason as well (an exclusion, its last day) sees no line.
    """
    agency = reader.officer.agency
    gone = [i for i in held if i.state is ItemState.RECALLED and i.originator != agency]
    if not gone:
        return ()
    as_before = [each.model_copy(update={"state": ItemState.LIVE}) for each in gone]
    readable = Bench(desk, connection, reader).readable(as_before)
    told = {
        line.item: line
        for line in recalls.lines(connection, None, case=gone[0].case)
        if line.agency == agency
    }
    return tuple(
        _line(each.known, told[each.known.item])
        for each in readable
        if each.known.item in told
    )


def _line(known: KnownItem, told: RecallLine) -> TakenBack:
    return TakenBack(
        item=known.item,
        handoff=known.handoff,
        kind=known.kind,
        source=known.source,
        originator=known.originator,
        ground=told.ground,
        taken_back_on=legal_day(told.ordered_at),
    )
