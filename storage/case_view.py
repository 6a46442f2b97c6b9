"""What the record knows of one case, as far as rules of the pack turn on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from models.agencies import AgencyKind
from models.cases import CaseRecord
from models.clock import legal_day
from models.deadlines import DeadlineRecord
from models.decisions import Appeal, Decision, Hearing
from models.handoffs import HandoffRecord, HandoffState
from models.ids import ItemId
from models.items import ItemKind, ItemState, KnownItem
from models.law.sources import AgeFilter, BackFrom, SourceKind
from models.messages.decisions import Ground, ProposeDecision
from models.packs import Pack
from models.proceedings import Attendance
from models.retention import DestructionDay
from policies.ages import check_age, is_too_old
from policies.citing import Citable, CitedFact
from policies.readiness import DecisionFacts
from storage import deadlines, decisions, handoffs, items, retention
from storage.at_once import Asked

Proposed = ProposeDecision | Decision
PARTS: Asked = (
    ("handoffs", handoffs.OF_CASE),
    ("items", items.KNOWN_TO),
    ("deadlines", deadlines.OF_CASE),
    ("hearings", decisions.HEARINGS),
    ("decisions", decisions.DECISIONS),
    ("appeals", decisions.APPEALS),
    ("destruction", retention.NEXT_DAY),
)
"""What to ask for all of a `case`; `agency` leads it: nobody else is shown it."""
_RESULTS = frozenset({ItemKind.FACT, ItemKind.DOCUMENT, ItemKind.ANSWER})


class CaseView:
    """What the record knows of one case; each part is read once, when asked for.

    Pages, which show all of it, ask for the parts in one trip, and fill them in.
    """

    def __init__(self, connection: Connection, case: CaseRecord, pack: Pack) -> None:
        self.case = case
        self.pack = pack
        self._connection = connection

    def fill(self, rows: Mapping[str, Sequence[Any]]) -> None:
        """Take all parts from the rows of `PARTS`, as `storage.at_once` has them."""
        self.handoffs = [handoffs.handoff_of(row) for row in rows["handoffs"]]
        self.items = _by_id(map(items.known_of, rows["items"]))
        self.deadlines = [deadlines.deadline_of(row) for row in rows["deadlines"]]
        self.hearings = [decisions.hearing_of(row) for row in rows["hearings"]]
        self.decisions = [decisions.decision_of(row) for row in rows["decisions"]]
        self.appeals = [decisions.appeal_of(row) for row in rows["appeals"]]
        days = [DestructionDay(**vars(row)) for row in rows["destruction"]]
        self.destruction = days[0] if days else None

    @cached_property
    def handoffs(self) -> list[HandoffRecord]:
        """The questions that were put in this case, oldest first."""
        return handoffs.of_case(self._connection, self.case.id)

    @cached_property
    def items(self) -> dict[ItemId, KnownItem]:
        """What was sealed for the agency that leads the case."""
        case = self.case
        return _by_id(items.known_to(self._connection, case.agency, case.id))

    @cached_property
    def deadlines(self) -> list[DeadlineRecord]:
        """The terms that run or ran."""
        return deadlines.of_case(self._connection, self.case.id)

    @cached_property
    def hearings(self) -> list[Hearing]:
        """The hearings, in order."""
        return decisions.hearings(self._connection, self.case.id)

    @cached_property
    def decisions(self) -> list[Decision]:
        """The decisions that were proposed, and what became of them."""
        return decisions.decisions(self._connection, self.case.id)

    @cached_property
    def appeals(self) -> list[Appeal]:
        """The appeals that were lodged."""
        return decisions.appeals(self._connection, self.case.id)

    @cached_property
    def destruction(self) -> DestructionDay | None:
        """The next day on which data of the agency that leads the case end."""
        asked = {"case": self.case.id, "agency": self.case.agency}
        row = self._connection.execute(retention.NEXT_DAY, asked).first()
        return None if row is None else DestructionDay(**row._asdict())

    def results(self) -> frozenset[str]:
        """Return the sources that gave a result."""
        answered = {h.source for h in self.handoffs if h.state is HandoffState.ANSWERED}
        added = {
            i.source
            for i in self.items.values()
            if i.kind in _RESULTS and i.source and i.state is not ItemState.RECALLED
        }
        return frozenset(answered | added)

    def established(self) -> dict[str, bool]:
        """Return the facts of the case that conditions of the pack turn on."""
        kinds = {s.code: s.agency_kind for s in self.pack.sources}
        used = any(kinds.get(h.source) is AgencyKind.CIEAR for h in self.handoffs)
        return {"ciear_used": used}

    def answered(self, kind: SourceKind) -> bool:
        """Tell whether a question of this kind was answered."""
        return any(
            h.kind == kind and h.state is HandoffState.ANSWERED for h in self.handoffs
        )

    def too_old(self, item: KnownItem) -> bool:
        """Tell whether the age filter of the item's source refuses it."""
        rule = self._age_filter(item)
        return rule is not None and is_too_old(
            rule, item.handling, self._back_from(rule)
        )

    def check_age(self, item: KnownItem) -> None:
        """Refuse an item that the age filter of its source would keep from everybody.

        Raises:
            InvalidInput: names the day that is too old.
        """
        if rule := self._age_filter(item):
            check_age(rule, item.handling, self._back_from(rule))

    def decision_facts(self, proposal: Proposed | None = None) -> DecisionFacts:
        """Return how far the case is on its way to a decision."""
        hearing = self._last_hearing()
        attendance = hearing.attendance if hearing else None
        return DecisionFacts(
            register_answered=self.answered(SourceKind.REGISTER),
            advice_delivered=self.answered(SourceKind.ADVICE) and self._advice_stands(),
            heard=attendance in (Attendance.HEARD, Attendance.WRITTEN),
            invited_absent=attendance is Attendance.ABSENT,
            arguments=hearing.arguments if hearing else None,
            **self._of_proposal(proposal),
        )

    def _of_proposal(self, proposal: Proposed | None) -> dict[str, Any]:
        if proposal is None:
            return {}
        return {
            "parts": frozenset(getattr(proposal, "parts", ())),
            "cited": tuple(self._cited(each) for each in proposal.grounds),
            "answered": frozenset(proposal.answered),
            "months": proposal.months,
            "lifting_conditions": proposal.lifting_conditions,
        }

    def _cited(self, ground: Ground) -> CitedFact:
        fits = self.citable(ground.item).model_dump()
        return CitedFact(item=str(ground.item), limb=ground.limb, **fits)

    def citable(self, which: ItemId) -> Citable:
        """Return how far an item may be cited in a decision."""
        item = self.items.get(which)
        if item is None:
            return Citable(known=False)
        return Citable(
            known=True,
            withdrawn=item.state is ItemState.RECALLED,
            sourced=item.source is not None or item.kind is ItemKind.ADVICE,
            disclosable=item.handling.disclosable,
            judicial_hold=item.handling.judicial_hold,
            too_old=self.too_old(item),
            unchecked=item.handling.is_unchecked,
        )

    def _advice_stands(self) -> bool:
        """Tell whether some advice was not taken back by its originator."""
        advice = [i for i in self.items.values() if i.kind is ItemKind.ADVICE]
        return not advice or any(i.state is not ItemState.RECALLED for i in advice)

    def _last_hearing(self) -> Hearing | None:
        recorded = [h for h in self.hearings if h.is_recorded]
        return recorded[-1] if recorded else None

    def _age_filter(self, item: KnownItem) -> AgeFilter | None:
        if item.source is None or item.kind not in _RESULTS:
            return None
        code = self.pack.source(item.source).age_filter
        return None if code is None else self.pack.age_filter(code)

    def _back_from(self, rule: AgeFilter) -> date:
        if rule.back_from is BackFrom.ADVICE_REQUEST:
            asked = [h for h in self.handoffs if h.kind == SourceKind.ADVICE]
            if asked:
                return legal_day(_first(asked).offered_at)
        return self.case.opened_on


def _by_id(known: Iterable[KnownItem]) -> dict[ItemId, KnownItem]:
    return {each.item: each for each in known}


def _first(asked: list[HandoffRecord]) -> HandoffRecord:
    return min(asked, key=lambda h: h.offered_at)
