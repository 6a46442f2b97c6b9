"""One handoff, for an officer who works on it; showing it is one read, and logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.ruling import Bench, Ruled
from acts.looking_up import handoff_in
from acts.pages.showing import Showing, log_page
from acts.pages.withdrawn import TakenBack, taken_back
from models.agencies import Reader
from models.handoffs import HandoffRecord, InnerState
from models.ids import HandoffId
from models.items import KnownItem
from models.pages import Query
from models.twins import ChangeSigned
from models.values import Value
from storage import guarded, handoffs, items
from storage.at_once import Asked, ask
from storage.log import twins
from storage.people import standing
from storage.sessions import acting

_ASKED: Asked = (
    *standing.IN_CASE,
    ("items", items.KNOWN_TO),
    ("children", handoffs.SERVING),
    ("changes", twins.OF_HANDOFF),
    ("inside", guarded.STATES),
)


class HandoffPage(Value):
    """A handoff with the headers of its items, for an officer who works on it.

    `children` are the questions to others that serve it, for their asker alone;
    `changes` are what became of it, with the agencies that did not sign that yet.
    """

    handoff: HandoffRecord
    items: tuple[KnownItem, ...]
    taken_back: tuple[TakenBack, ...] = ()
    children: tuple[HandoffRecord, ...]
    changes: tuple[ChangeSigned, ...] = ()


@dataclass(frozen=True)
class HandoffRead:
    """A handoff that was read, before anything of it is shown; `rows` by name."""

    page: HandoffPage
    rows: Mapping[str, Sequence[Any]]


def show_handoff(desk: Desk, reader: Reader, handoff: HandoffId) -> HandoffPage:
    """Return a handoff and the headers of its items: one read.

    Raises:
        NotFound: absent or hidden.
    """
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        return show(desk, connection, reader, handoff).page


def show(
    desk: Desk,
    connection: Connection,
    reader: Reader,
    handoff: HandoffId,
    also: Asked = (),
) -> HandoffRead:
    """Read a handoff with what `also` asks: to be shown when this transaction ended.

    Raises:
        NotFound: absent or hidden.
    """
    # First by itself: what is hidden must not cost more than what never was.
    found = handoff_in(connection, handoff)
    asking = standing.asking(reader.officer, found.case, desk.today)
    asking |= {"handoff": handoff, "handoffs": [handoff]}
    rows = ask(connection, (*_ASKED, *also), asking)
    held = {found.case: standing.in_case(reader.officer, rows)}
    known = map(items.known_of, rows["items"])
    mine = [each for each in known if each.handoff == handoff]
    ruled = Bench(desk, connection, reader, held).readable(mine)
    states = [InnerState(row.state) for row in rows["inside"]]
    page = HandoffPage(
        handoff=found.model_copy(update={"inside": states[0] if states else None}),
        items=tuple(each.known for each in ruled),
        taken_back=taken_back(desk, connection, reader, mine),
        children=tuple(map(handoffs.handoff_of, rows["children"])),
        changes=tuple(map(twins.change_signed, rows["changes"])),
    )
    log_page(desk, connection, reader, _showing(page, ruled))
    return HandoffRead(page, rows)


def _showing(page: HandoffPage, ruled: Sequence[Ruled]) -> Showing:
    handoff = page.handoff.id
    rows = [handoff, *(c.id for c in page.children), *(g.id for g in page.taken_back)]
    return Showing(query=Query.HANDOFF, handoff=handoff, rows=rows, items=ruled)


def inside(connection: Connection, found: list[HandoffRecord]) -> list[HandoffRecord]:
    """Return questions with where they stand inside the reader's agency."""
    if not found:
        return []
    states = guarded.states(connection, [each.id for each in found])
    return [h.model_copy(update={"inside": states.get(h.id)}) for h in found]
