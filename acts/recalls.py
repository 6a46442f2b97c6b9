"""Taking an item back from everybody who holds it, and correcting it."""

from __future__ import annotations

from acts.desk import Desk
from acts.drafts.drafting import in_the_place_of
from acts.items.reading import read_item
from acts.looking_up import find_item
from acts.pages.showing import Showing, log_page
from acts.performing import Done, perform
from models.agencies import Officer, Reader
from models.control import RecallGround
from models.errors import NotPermitted
from models.ids import ItemId
from models.messages.control import CorrectItem, RecallItem
from models.pages import Query
from models.recalls import RecallLine
from models.values import Value
from storage import recalls
from storage.sessions import acting


class Correction(Value):
    """What comes in the place of an item: words, or the bytes of a document.

    `name` is that of the document's file.
    """

    body: str | bytes
    name: str = ""
    ground: RecallGround


async def recall(
    desk: Desk, officer: Officer, item: ItemId, ground: RecallGround
) -> Done:
    """Take an item back: nobody but its originator reads it any more."""
    known = find_item(desk, officer, item)
    message = RecallItem(item=item, ground=ground)
    return await perform(desk, officer, known.case, message)


async def correct(
    desk: Desk, reader: Reader, item: ItemId, correction: Correction
) -> Done:
    """Take an item back, and give those who hold it another in its place.

    Raises:
        NotPermitted: another agency gave it, so nothing is sealed in its place.
    """
    known = find_item(desk, reader.officer, item)
    if known.originator != reader.officer.agency:
        raise NotPermitted(
            f"only `{known.originator}` corrects this item: it gave it",
            help="tell the agency that gave it what is wrong",
        )
    opened = read_item(desk, reader, item)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        holders = recalls.holdings(connection, item)
    fresh = in_the_place_of(known, opened.body, correction.body, correction.name)
    draft = fresh.model_copy(
        update={
            "audience": tuple(holder.agency for holder in holders),
            "corrects": item,
            "excerpt_of": known.excerpt_of,
        }
    )
    message = CorrectItem(item=item, correction=draft.item, ground=correction.ground)
    return await perform(desk, reader.officer, known.case, message, draft)


def recalled(desk: Desk, reader: Reader, item: ItemId | None) -> list[RecallLine]:
    """Return who gave recalled items back and who has not, as far as one may know.

    The originator sees every holder; a holder sees its own part.
    """
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = recalls.lines(connection, item)
        rows = [line.id for line in found]
        log_page(desk, connection, reader, Showing(query=Query.RECALLS, rows=rows))
    return found
