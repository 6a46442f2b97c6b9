"""Entries of the trail on pages, with the rulings behind them in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from acts.audit.one_entry import GivenRuling, OneEntry
from policies.rulings import SharingPolicies


@dataclass(frozen=True)
class Reason:
    """A sharing rule that decided, and what it says, with its articles."""

    rule: str
    words: str


@dataclass(frozen=True)
class ToldRuling:
    """A ruling in words; without an answer it was erased with the names."""

    id: UUID
    allowed: bool
    answer: str
    reasons: Sequence[Reason]
    engine: str
    digest: str


@dataclass(frozen=True)
class ToldEntry:
    """An entry with its rulings in words."""

    entry: OneEntry
    rulings: Sequence[ToldRuling]


def told(found: OneEntry, sharing: SharingPolicies, language: str) -> ToldEntry:
    """Return an entry as its page shows it."""
    rulings = [_told(each, sharing, language) for each in found.rulings]
    return ToldEntry(found, rulings)


def _told(given: GivenRuling, sharing: SharingPolicies, language: str) -> ToldRuling:
    note, ruling = given.note, given.ruling
    if ruling is None:
        return ToldRuling(note.id, note.allowed, "", (), "", note.digest)
    # Without a rule that decided, there is a sentence that says so.
    rules = ruling.policies or ("",)
    sentences = sharing.explain(ruling, language)
    reasons = [Reason(rule, said) for rule, said in zip(rules, sentences, strict=False)]
    answer = sharing.answer(ruling, language)
    return ToldRuling(
        *(note.id, note.allowed, answer, reasons, ruling.engine, ruling.digest)
    )
