"""Looking for words in the content of items, at the reader's own node."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.reading import read_all
from acts.items.ruling import Bench
from acts.pages.matching import fold, passage, text_of
from acts.pages.showing import Showing, log_page
from models.agencies import OfficerFunction, Reader
from models.errors import InvalidInput
from models.ids import CaseId, ItemId
from models.items import KnownItem
from models.pages import Query, Window
from models.values import Value
from storage import cases, items, searching
from storage.cases import no_such_case
from storage.sessions import acting

_SHORTEST = 2


class Match(Value):
    """An item in which all words stand, and what stands around the first of them."""

    known: KnownItem
    passage: str


class Searched(Value):
    """What one page of a search found; `after` is where the next goes on, if any."""

    found: tuple[Match, ...]
    after: ItemId | None = None


def search(
    desk: Desk,
    reader: Reader,
    words: Sequence[str],
    window: Window,
    case: CaseId | None = None,
) -> Searched:
    """Look for words in a page of items, newest first, of the cases one works on.

    The window counts items that are looked into: each is ruled on, released and logged
    as opened, under one entry for all. What matched is one more entry, a page. The
    words stay at the node: no statement, entry or error holds them.

    Raises:
        InvalidInput: a word is too short to look for.
        NotFound: the case is absent or hidden.
    """
    wanted = tuple(fold(word) for word in words)
    if not wanted or min(map(len, wanted)) < _SHORTEST:
        raise InvalidInput(
            "there is a word too short to look for",
            help=f"give words of {_SHORTEST} letters or more",
        )
    page = _Page(desk, reader, window, case)
    opened = read_all(desk, reader, page.find)
    matches = [(each.known, passage(text_of(each.body), wanted)) for each in opened]
    found = [Match(known=known, passage=e) for known, e in matches if e is not None]
    return Searched(found=_log(desk, reader, found, case), after=page.after)


def _log(
    desk: Desk, reader: Reader, found: Sequence[Match], case: CaseId | None
) -> tuple[Match, ...]:
    """Write the entry of what is shown, and return what may be."""
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        bench = Bench(desk, connection, reader)
        ruled = bench.readable(each.known for each in found)
        showing = Showing(
            query=Query.SEARCH, case=case, items=ruled, counts={"found": len(ruled)}
        )
        log_page(desk, connection, reader, showing)
    shown = {each.known.item for each in ruled}
    return tuple(each for each in found if each.known.item in shown)


class _Page:
    """The items that a page of a search looks into, and where the next goes on.

    `after` is an item that the reader opened: what is refused is named nowhere.
    """

    def __init__(
        self, desk: Desk, reader: Reader, window: Window, case: CaseId | None
    ) -> None:
        self._desk, self._reader = desk, reader
        self._window, self._case = window, case
        self.after: ItemId | None = None

    def find(self, connection: Connection) -> list[KnownItem]:
        """Return the items of the page that may be read."""
        if self._case and cases.route_of(connection, self._case) is None:
            raise no_such_case(self._case)
        bench, window = Bench(self._desk, connection, self._reader), self._window
        while chunk := self._chunk(connection, window):
            readable = [each.known for each in bench.readable(chunk)]
            if len(chunk) < window.limit:
                return readable
            if readable:
                self.after = readable[-1].item
                return readable
            window = window.model_copy(update={"after": chunk[-1].item})
        return []

    def _chunk(self, connection: Connection, window: Window) -> list[KnownItem]:
        officer = self._reader.officer
        newest = searching.newest(
            connection,
            window,
            case=self._case,
            everywhere=OfficerFunction.MAYOR in officer.functions,
        )
        return items.known_among(connection, officer.agency, newest)
