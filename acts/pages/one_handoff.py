"""One handoff, for an officer who works on it; showing it is one read, and logged."""

from __future__ import annotations

from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.ruling import Bench
from acts.looking_up import find_handoff
from acts.pages.showing import Showing, log_page
from acts.pages.withdrawn import TakenBack, taken_back
from models.agencies import Reader
from models.handoffs import HandoffRecord
from models.ids import HandoffId
from models.items import KnownItem
from models.pages import Query
from models.twins import ChangeSigned
from models.values import Value
from storage import guarded, handoffs, items
from storage.log import twins
from storage.sessions import acting


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


def show_handoff(desk: Desk, reader: Reader, handoff: HandoffId) -> HandoffPage:
    """Return a handoff and the headers of its items.

    Raises:
        NotFound: absent or hidden.
    """
    officer = reader.officer
    found = find_handoff(desk, officer, handoff)
    with acting(desk.database, desk.acting(officer)) as connection:
        held = items.known_to(connection, officer.agency, found.case)
        mine = [each for each in held if each.handoff == handoff]
        ruled = Bench(desk, connection, reader).readable(mine)
        children = handoffs.serving(connection, handoff)
        changes = twins.of_handoff(connection, handoff)
        (found,) = inside(connection, [found])
        gone = taken_back(desk, connection, reader, mine)
        rows = [handoff, *(c.id for c in children), *(g.id for g in gone)]
        showing = Showing(query=Query.HANDOFF, handoff=handoff, rows=rows, items=ruled)
        log_page(desk, connection, reader, showing)
    return HandoffPage(
        handoff=found,
        items=tuple(each.known for each in ruled),
        taken_back=gone,
        children=tuple(children),
        changes=tuple(changes),
    )


def inside(connection: Connection, found: list[HandoffRecord]) -> list[HandoffRecord]:
    """Return questions with where they stand inside the reader's agency."""
    if not found:
        return []
    states = guarded.states(connection, [each.id for each in found])
    return [h.model_copy(update={"inside": states.get(h.id)}) for h in found]
