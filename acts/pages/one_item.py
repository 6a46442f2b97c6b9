"""The header of one item, for whoever may read it: a page of one row."""

from __future__ import annotations

from acts.desk import Desk
from acts.items.reading import no_such_item
from acts.items.ruling import Bench
from acts.pages.showing import Showing, log_page
from models.agencies import Reader
from models.ids import ItemId
from models.items import ItemState, KnownItem
from models.pages import Query
from storage import items
from storage.sessions import acting


def show_header(desk: Desk, reader: Reader, item: ItemId) -> KnownItem:
    """Return what may be known of an item without opening it; the page is logged.

    Raises:
        NotFound: absent, hidden, erased, or policy refuses to let it be read.
    """
    officer = reader.officer
    with acting(desk.database, desk.acting(officer)) as connection:
        known = items.known(connection, item, officer.agency)
        if known is None or known.state is ItemState.ERASED:
            raise no_such_item(item)
        ruled = Bench(desk, connection, reader).readable([known])
        if not ruled:
            raise no_such_item(item)
        showing = Showing(query=Query.ITEM, case=known.case, items=ruled)
        log_page(desk, connection, reader, showing)
    return known
