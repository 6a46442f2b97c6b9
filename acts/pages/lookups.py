"""Looking a case up by a number: at the reader's node, by a token of its agency."""

from __future__ import annotations

from collections.abc import Sequence

from acts.desk import Desk
from acts.items.ruling import Bench, Ruled
from acts.pages.showing import Showing, log_page
from models.agencies import Reader
from models.cases import CaseRecord
from models.ids import CaseId
from models.items import ItemKind, KnownItem
from models.numbers import Number
from models.pages import Query, Window
from models.values import Value
from storage import cases, items, numbers
from storage.sessions import acting, always_on_the_beat


class FoundCase(Value):
    """A case in which a number stands, and the items that hold it.

    `record` is for who may know of the case as a whole. An agency that was asked knows
    the questions that came to it.
    """

    case: CaseId
    record: CaseRecord | None
    items: tuple[KnownItem, ...]


class _Hit(Value):
    case: CaseId
    ruled: tuple[Ruled, ...]


def find_by_number(
    desk: Desk, reader: Reader, number: Number, window: Window
) -> list[FoundCase]:
    """Return a page of the cases in which a number stands, the newest first.

    Each row is there because the reader may read the item that holds the number. The
    answer leaves on a beat, whatever was found: hidden items with the same number cost
    time, absent ones cost none. Neither entry nor statement holds the number.
    """
    officer = reader.officer
    token = desk.node(officer.agency).index_token(number.kind, number.digits)
    with (
        always_on_the_beat(),
        acting(desk.database, desk.acting(officer)) as connection,
    ):
        holding = numbers.items_with(connection, officer.agency, token)
        held = items.known_among(connection, officer.agency, holding)
        hits = _part(_by_case(Bench(desk, connection, reader).readable(held)), window)
        found = [
            FoundCase(
                case=hit.case,
                record=cases.find(connection, hit.case),
                items=tuple(each.known for each in hit.ruled),
            )
            for hit in hits
        ]
        showing = Showing(
            query=Query.BY_NUMBER,
            rows=[hit.case for hit in hits],
            items=[each for hit in hits for each in hit.ruled],
        )
        log_page(desk, connection, reader, showing)
    return found


def _by_case(ruled: Sequence[Ruled]) -> list[_Hit]:
    """Return what was found case by case, each with its subject card first."""
    cases_found = dict.fromkeys(each.known.case for each in ruled)
    cards_first = sorted(
        ruled, key=lambda each: each.known.kind is not ItemKind.SUBJECT_CARD
    )
    return [
        _Hit(case=case, ruled=tuple(r for r in cards_first if r.known.case == case))
        for case in cases_found
    ]


def _part(hits: list[_Hit], window: Window) -> list[_Hit]:
    """Return the rows of a window; a row that is not there has none after it."""
    first = 0
    if window.after is not None:
        known = [hit.case for hit in hits]
        if window.after not in known:
            return []
        first = known.index(CaseId(window.after)) + 1
    return hits[first : first + window.limit]
