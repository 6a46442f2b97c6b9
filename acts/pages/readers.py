"""To whom an item was released: for superiors, within need to know."""

from __future__ import annotations

from datetime import datetime

from acts.desk import Desk
from acts.items.reading import no_such_item
from acts.pages.showing import Showing, log_page
from models.agencies import OfficerFunction, Reader
from models.errors import NotPermitted
from models.ids import ItemId
from models.pages import Query, Sighting
from models.values import Value
from storage import sightings
from storage.sessions import acting


class ReaderLine(Value):
    """Somebody who was released an item; of another agency without a name."""

    at: datetime
    kind: str
    agency: str
    function: str
    officer: str = ""
    service_number: str
    reason: str = ""


def readers_of(desk: Desk, reader: Reader, item: ItemId) -> list[ReaderLine]:
    """Return to whom an item was released, latest first.

    A superior sees the officers of the own agency by name, whether they opened the
    item, and why, or saw it in a list; and, of an item that the agency gave, the
    officers of others who opened it, as function and service number. Why those did is
    theirs.

    Raises:
        NotPermitted: the reader is no superior.
        NotFound: absent, hidden, or nobody that the reader may know of saw it.
    """
    require_superior(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = sightings.of_item(connection, item)
        if not found:
            raise no_such_item(item)
        rows = [item, *(each.entry for each in found)]
        log_page(desk, connection, reader, Showing(query=Query.READERS, rows=rows))
    return [_line(each) for each in found]


def require_superior(reader: Reader) -> None:
    """Refuse everybody who is no superior."""
    if OfficerFunction.SUPERVISOR not in reader.officer.functions:
        raise NotPermitted(
            "to whom an item was released is shown to superiors",
            help="ask your supervisor; an auditor asks `estafette audit trail --item`",
        )


def _line(seen: Sighting) -> ReaderLine:
    return ReaderLine(
        at=seen.at,
        kind=seen.kind,
        agency=seen.agency,
        function=seen.function,
        officer=seen.officer or "",
        service_number=seen.service_number,
        reason=seen.reason,
    )
