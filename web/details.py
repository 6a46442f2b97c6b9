"""What stands in the detail of an entry, in words: each kind has a code of its own."""

from __future__ import annotations

from collections.abc import Mapping

from models.events import EventKind
from web.languages import catalogue
from web.naming import Naming
from web.words.items import READING
from web.words.people import FUNCTIONS, KINDS_OF_AGENCIES
from web.words.said import SAID
from web.words.shown import QUERIES

_CODES: Mapping[str, Mapping[str, str]] = {
    EventKind.LIST_SHOWN: QUERIES,
    EventKind.ITEM_RELEASED: READING,
    EventKind.READ_REFUSED: READING,
    EventKind.AGENCY_ENTERED: KINDS_OF_AGENCIES,
}
_PARTS = ("sources", "outcomes", "clocks", "stages")


def detail_in(naming: Naming, kind: str, detail: str) -> str:
    """Return the detail of an entry of a kind in words; nothing if it has none."""
    ours = catalogue(naming.language).ugettext
    if kind == EventKind.OFFICER_ENTERED:
        return ", ".join(ours(FUNCTIONS.get(each, each)) for each in detail.split())
    known = _CODES.get(kind, SAID)
    if detail in known:
        return ours(known[detail])
    labels = (naming.law.row(part, detail) for part in _PARTS)
    return next((label for label in labels if label != detail), "")
