"""Cases on pages: each with its law, its first clock and the days that are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from acts.pages.fitting import unrecorded_hearings
from acts.pages.lists import CaseLine
from acts.pages.overview import CaseOverview
from acts.seat import Seat
from models.act_kinds import ActKind
from models.agencies import OfficerFunction
from models.deadlines import DeadlineRecord, DeadlineState
from models.decisions import Hearing
from models.handoffs import OPEN_STATES, HandoffRecord
from models.ids import CaseId
from models.items import ItemKind, KnownItem
from models.law.procedure import Stage
from models.law.rows import Label
from models.packs import Pack
from policies.calendars import calendar
from policies.clocks import Skipped, counting_of
from policies.procedure import stages_of
from policies.remaining import Remaining, remaining, remaining_until

GATHERED = frozenset(
    {
        *(ItemKind.SUBJECT_CARD, ItemKind.OPENING_FACTS, ItemKind.FACT),
        *(ItemKind.DOCUMENT, ItemKind.ANSWER, ItemKind.ADVICE, ItemKind.MINUTES),
    }
)
"""The kinds of items that people read a case for."""


@dataclass(frozen=True)
class CaseRow:
    """One row of a list: the case, what is due first, and whom it is about."""

    line: CaseLine
    pack: Pack
    left: Remaining | None
    name: str

    @property
    def stage(self) -> Label:
        """Return the name of its stage."""
        return self.pack.stage(self.line.case.stage).label


def rows_of(
    found: Sequence[CaseLine], seat: Seat, names: Mapping[CaseId, str]
) -> list[CaseRow]:
    """Return the rows of a list; names are those that were opened."""
    rows = []
    for line in found:
        pack = seat.desk.packs.get(line.case.route, line.case.pack_version)
        name = names.get(line.case.id, "")
        rows.append(CaseRow(line, pack, _first(line, pack, seat), name))
    return rows


def _first(line: CaseLine, pack: Pack, seat: Seat) -> Remaining | None:
    if line.next_clock is None or line.next_due is None:
        return None
    days = calendar(pack.calendar, pack.closures)
    return remaining_until(line.next_due, pack.clock(line.next_clock), days, seat.today)


@dataclass(frozen=True)
class Term:
    """A clock of a case, with what is left of it if it runs."""

    deadline: DeadlineRecord
    left: Remaining

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Return the days that were not counted, each with the reason."""
        return counting_of(self.deadline).skipped

    @property
    def runs(self) -> bool:
        """Tell whether it runs."""
        return self.deadline.state is DeadlineState.RUNNING


@dataclass(frozen=True)
class CasePage:
    """A case with the law it is under."""

    found: CaseOverview
    pack: Pack
    terms: Sequence[Term]

    @property
    def destruction_rule(self) -> Label | None:
        """Return the rule under which data end next, if any do."""
        due = self.found.destruction
        rows = {row.code: row.label for row in self.pack.retention}
        return rows.get(due.rule) if due else None

    @property
    def stage(self) -> Stage:
        """Return the stage in which the case is."""
        return self.pack.stage(self.found.case.stage)

    @property
    def running(self) -> Sequence[Term]:
        """Return the terms that run."""
        return [each for each in self.terms if each.runs]

    @property
    def over(self) -> Sequence[Term]:
        """Return the terms that no longer run."""
        return [each for each in self.terms if not each.runs]

    @property
    def gathered(self) -> Sequence[KnownItem]:
        """Return what the case is about and what was learnt in it."""
        return [each for each in self.found.items if each.kind in GATHERED]

    @property
    def of_procedure(self) -> Sequence[KnownItem]:
        """Return what the procedure itself left: letters, proofs, decisions."""
        return [each for each in self.found.items if each.kind not in GATHERED]

    @property
    def asked(self) -> Sequence[HandoffRecord]:
        """Return the questions that wait for an answer."""
        return [each for each in self.found.handoffs if each.state in OPEN_STATES]

    def hearings_ahead(self, today: date) -> Sequence[Hearing]:
        """Return the hearings to which somebody is invited, and which are to come."""
        waiting = unrecorded_hearings(self.found)
        return [each for each in waiting if each.hearing_on > today]

    @property
    def stages(self) -> Sequence[tuple[Stage, str]]:
        """Return the stages of the route, each `past`, `present` or `ahead`."""
        codes = [each.code for each in self.pack.stages]
        here = codes.index(self.found.case.stage)
        words = ["past" if n < here else "ahead" for n in range(len(codes))]
        words[here] = "present"
        return list(zip(self.pack.stages, words, strict=True))

    def acts_of(self, functions: frozenset[OfficerFunction]) -> list[ActKind]:
        """Return the acts that the route gives to these functions in this stage."""
        stage = self.found.case.stage
        return [
            row.act
            for row in self.pack.acts
            if functions & set(row.by) and stage in stages_of(self.pack, row)
        ]


def page_of(found: CaseOverview, seat: Seat) -> CasePage:
    """Return a case as its page shows it; what is due first stands on top."""
    pack = seat.desk.packs.get(found.case.route, found.case.pack_version)
    terms = [
        Term(each, remaining(each, pack.clock(each.clock), seat.today))
        for each in found.deadlines
    ]
    terms.sort(key=lambda term: (not term.runs, term.deadline.due_on))
    return CasePage(found, pack, terms)
