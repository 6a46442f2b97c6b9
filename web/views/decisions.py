"""A decision on a page: what it still lacks, and what each fact rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from acts.pages.overview import CaseOverview
from models.decisions import Decision
from models.ids import ItemId
from models.items import ItemKind, KnownItem
from models.law.decisions import Outcome
from models.law.rows import Label
from models.law.sources import Source
from models.packs import Pack
from policies.citing import Uncitable
from policies.readiness import Gap
from web.languages import words

_EVIDENCE = frozenset({ItemKind.FACT, ItemKind.DOCUMENT, ItemKind.ANSWER})
_REASONS = {
    Uncitable.UNKNOWN: words("it is not in the file"),
    Uncitable.WITHDRAWN: words("it was taken back by its originator"),
    Uncitable.UNSOURCED: words("it did not come through a source of the closed list"),
    Uncitable.JUDICIAL_HOLD: words("it is under judicial hold"),
    Uncitable.UNDISCLOSABLE: words("it may not be disclosed: ask its originator"),
    Uncitable.TOO_OLD: words("it is older than the law allows"),
    Uncitable.UNCHECKED: words(
        "it was not checked: ask its originator for one that was"
    ),
}


@dataclass(frozen=True)
class Fact:
    """One item of the file that can carry a decision, with its source.

    `limb` is the limb of the legal test for which it is cited, None if it is not;
    `why_not` says why it cannot be, empty if it can.
    """

    item: KnownItem
    source: Source
    limb: Label | None
    why_not: str


@dataclass(frozen=True)
class DecisionPage:
    """A decision, or what there would have to be for one with this outcome."""

    found: CaseOverview
    pack: Pack
    outcome: Outcome
    decision: Decision | None
    facts: Sequence[Fact]
    gaps: Sequence[Gap]

    @property
    def arguments(self) -> list[tuple[int, bool]]:
        """Return the arguments of the hearing by number, and whether one is answered.

        Nothing is answered before there is a proposal.
        """
        heard = [each.arguments or 0 for each in self.found.hearings]
        answered = self.decision.answered if self.decision else ()
        return [(n, n in answered) for n in range(1, max(heard, default=0) + 1)]

    @property
    def minutes(self) -> list[KnownItem]:
        """Return the records of the hearings: the arguments stand in them."""
        written = {each.minutes for each in self.found.hearings}
        return [each for each in self.found.items if each.item in written]

    @property
    def unseen(self) -> list[tuple[ItemId, Label]]:
        """Return the cited items that the officer may not know, and for which limb.

        The college reads the proposal, not the file behind it.
        """
        known = {row.item.item for row in self.facts}
        limbs = {row.code: row.label for row in self.pack.limbs}
        grounds = self.decision.grounds if self.decision else ()
        return [(g.item, limbs[g.limb]) for g in grounds if g.item not in known]


def facts_of(
    found: CaseOverview,
    pack: Pack,
    decision: Decision | None,
    uncitable: Mapping[ItemId, Uncitable],
) -> list[Fact]:
    """Return the items that a decision can rest on, the cited ones first."""
    cited = {each.item: each.limb for each in decision.grounds} if decision else {}
    limbs = {row.code: row.label for row in pack.limbs}
    rows = [
        Fact(
            each,
            pack.source(each.source),
            limbs.get(cited.get(each.item, "")),
            _REASONS[uncitable[each.item]] if each.item in uncitable else "",
        )
        for each in found.items
        if each.source is not None and each.kind in _EVIDENCE
    ]
    return sorted(rows, key=lambda row: (row.limb is None, bool(row.why_not)))
