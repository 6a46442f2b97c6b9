"""What stands in the detail of an entry, in words: each kind has a code of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from models.events import EventKind
from models.law.rows import Label
from policies.subject_requests import load_request_rules
from web.labels import label_in
from web.languages import catalogue
from web.naming import Naming
from web.words.items import READING
from web.words.people import FUNCTIONS, KINDS_OF_AGENCIES
from web.words.said import SAID
from web.words.shown import LISTS_OF_CASES, QUERIES
from web.words.states import DATA_CLASSES
from web.words.subject_requests import ANSWERS, REGIMES, RIGHTS, STATES_OF_REQUESTS

_CODES: Mapping[str, Mapping[str, str]] = {
    EventKind.LIST_SHOWN: QUERIES,
    EventKind.ITEM_RELEASED: READING,
    EventKind.READ_REFUSED: READING,
    EventKind.AGENCY_ENTERED: KINDS_OF_AGENCIES,
    EventKind.KEYS_DESTROYED: DATA_CLASSES,
}
_OF_FUNCTIONS = frozenset({EventKind.OFFICER_ENTERED, EventKind.OFFICER_CHANGED})
_REQUESTS = RIGHTS | REGIMES | STATES_OF_REQUESTS | ANSWERS
_OF_REQUESTS = frozenset(
    each for each in EventKind if each.startswith("subject_request.")
)
_PARTS = ("sources", "outcomes", "clocks", "stages", "retention")


def detail_in(naming: Naming, kind: str, detail: str) -> str:
    """Return the detail of an entry of a kind in words; nothing if it has none."""
    ours = catalogue(naming.language).ugettext
    if kind in _OF_FUNCTIONS:
        return ", ".join(ours(FUNCTIONS.get(each, each)) for each in detail.split())
    if kind == EventKind.ACT_REFUSED:
        detail, _, _ = detail.partition(" ")  # after it stands the error's own name
    if kind == EventKind.ITEMS_ERASED:
        detail, _, _ = detail.partition(" ")  # the rule, which says the class too
    known = _CODES.get(kind, SAID)
    if detail in known:
        return ours(known[detail])
    if detail.startswith(tuple(LISTS_OF_CASES)):
        return _list_of_cases(naming, detail)
    if kind in _OF_REQUESTS:
        return " · ".join(_of_request(naming, each) for each in detail.split())
    labels = (naming.law.row(part, detail) for part in _PARTS)
    return next((label for label in labels if label != detail), "")


def _list_of_cases(naming: Naming, detail: str) -> str:
    """Return which list of cases was shown, and of which stage if of one."""
    order, _, stage = detail.partition(" in ")
    said = catalogue(naming.language).ugettext(LISTS_OF_CASES[order])
    return f"{said} · {naming.law.row('stages', stage)}" if stage else str(said)


def _of_request(naming: Naming, part: str) -> str:
    """Return one word of the detail of a request: a code, a restriction or a day."""
    if part in _REQUESTS:
        return str(catalogue(naming.language).ugettext(_REQUESTS[part]))
    limit = _limits().get(part)
    return label_in(naming.language, limit) if limit else part


@cache
def _limits() -> Mapping[str, Label]:
    """Return what an answer to a request may rest on, by code."""
    regimes = load_request_rules().regimes
    return {limit.code: limit.label for rule in regimes for limit in rule.limits}
