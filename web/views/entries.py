"""Entries of the trail on pages, with the rulings behind them in words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from uuid import UUID

from acts.audit.one_entry import GivenRuling, OneEntry
from models.events import EventKind
from policies.rulings import SharingPolicies


@dataclass(frozen=True)
class Reason:
    """A sharing rule that decided, and what it says, with its articles."""

    rule: str
    words: str


@dataclass(frozen=True)
class ToldRuling:
    """Rulings that say the same in words, and the items that they are about.

    Without an answer they were erased with the names.
    """

    ids: Sequence[UUID]
    items: Sequence[UUID]
    allowed: bool
    answer: str
    reasons: Sequence[Reason]
    engine: str
    digest: str


@dataclass(frozen=True)
class ToldEntry:
    """An entry with its rulings in words.

    `alike` tells that it has items which no ruling names, because each names the first
    only of those that are alike.
    """

    entry: OneEntry
    rulings: Sequence[ToldRuling]
    alike: bool


def told(found: OneEntry, sharing: SharingPolicies, language: str) -> ToldEntry:
    """Return an entry as its page shows it; rulings that say the same are one."""
    same: dict[Hashable, list[GivenRuling]] = {}
    for each in found.rulings:
        same.setdefault(_said(each), []).append(each)
    rulings = [_told(each, sharing, language) for each in same.values()]
    named = {item for each in rulings for item in each.items}
    released = found.line.kind == EventKind.ITEM_RELEASED
    alike = released and not named.issuperset(found.line.items)
    return ToldEntry(found, rulings, alike)


def _said(given: GivenRuling) -> Hashable:
    """Return all that the page says of a ruling, but for its id and items."""
    note, ruling = given.note, given.ruling
    if ruling is None:
        return note.allowed, note.digest
    said = ruling.verdict, ruling.policies, ruling.errors
    return *said, ruling.engine, ruling.digest


def _told(
    given: Sequence[GivenRuling], sharing: SharingPolicies, language: str
) -> ToldRuling:
    note, ruling = given[0].note, given[0].ruling
    # A list may show an item in more than one row.
    items = dict.fromkeys(item for each in given for item in each.items)
    which = [each.note.id for each in given], [*items], note.allowed
    if ruling is None:
        return ToldRuling(*which, "", (), "", note.digest)
    # Without a rule that decided, there is a sentence that says so.
    rules = ruling.policies or ("",)
    sentences = sharing.explain(ruling, language)
    reasons = [Reason(rule, said) for rule, said in zip(rules, sentences, strict=False)]
    answer = sharing.answer(ruling, language)
    return ToldRuling(*which, answer, reasons, ruling.engine, ruling.digest)
