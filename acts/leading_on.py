"""Which acts on a case can be done now: by the procedure, and by what is there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.act_kinds import ActKind
from models.agencies import AgencyKind, OfficerFunction
from models.deadlines import DeadlineState
from models.decisions import DECIDED, AppealWait
from models.handoffs import OPEN_STATES
from models.law.clocks import ClockEnd
from models.law.decisions import RequirementKind
from models.law.procedure import Act
from models.law.sources import SourceKind
from models.packs import Pack
from policies.procedure import stages_of
from storage.case_view import CaseView

# Acts that leave the stage as it is, and without which it or the case leads nowhere.
_STAYING = frozenset(
    {
        ActKind.ITEM_ADD,
        ActKind.HANDOFF_ASK,
        ActKind.REGISTER_QUERY,
        ActKind.HEARING_RECORD,
        ActKind.REGISTER_FILE,
        ActKind.APPEAL_RULE,
        ActKind.APPEAL_NONE,
    }
)


@dataclass(frozen=True)
class Situation:
    """A case today, as the record knows it.

    `known` are the kinds of agencies in the directory; `awaits` is what is not known
    of appeals yet.
    """

    view: CaseView
    today: date
    known: frozenset[AgencyKind]
    awaits: AppealWait | None

    @property
    def gathers(self) -> bool:
        """Whether questions may be asked: by the stage, and in the term of them."""
        row = self.view.pack.act(ActKind.HANDOFF_ASK)
        ending = [
            term
            for term in self.view.deadlines
            if term.agency == self.view.case.agency
            and ClockEnd.QUESTIONS_EXPIRE in self.view.pack.clock(term.clock).at_end
        ]
        runs = any(term.state is DeadlineState.RUNNING for term in ending)
        asks = self.view.case.stage in stages_of(self.view.pack, row)
        return asks and (runs or not ending)

    def waits(self, kind: SourceKind) -> bool:
        """Tell whether a question of this kind is open."""
        return any(
            each.kind == kind and each.state in OPEN_STATES
            for each in self.view.handoffs
        )

    def asked(self, kind: SourceKind) -> bool:
        """Tell whether a question of this kind is open or answered."""
        return self.waits(kind) or self.view.answered(kind)

    def somebody(self, kind: SourceKind) -> bool:
        """Tell whether the directory has somebody who could be asked this kind."""
        rows = [row for row in self.view.pack.sources if row.kind is kind]
        return any(row.agency_kind in self.known for row in rows)

    def has_needed(self, kind: SourceKind) -> bool:
        """Tell whether the results are there after which this kind is asked."""
        rows = [row for row in self.view.pack.sources if row.kind is kind]
        results = self.view.results()
        return any(
            not row.requires_result_of or results.intersection(row.requires_result_of)
            for row in rows
        )

    def unfiled(self) -> bool:
        """Tell whether a measure stands that is not in the register yet."""
        return any(
            each.state in DECIDED
            and self.view.pack.outcome(each.outcome).negative
            and each.filed_on is None
            for each in self.view.decisions
        )

    def to_record(self) -> bool:
        """Tell whether a hearing took place of which there are no minutes."""
        on = self.next_hearing()
        return on is not None and on <= self.today

    def next_hearing(self) -> date | None:
        """Return the day of the first hearing of which there are no minutes."""
        waiting = [h.hearing_on for h in self.view.hearings if not h.is_recorded]
        return min(waiting, default=None)

    def prepared(self) -> bool:
        """Tell whether all is there that a proposal needs of others."""
        facts = self.view.decision_facts()
        came = facts.heard or facts.invited_absent
        there = {
            RequirementKind.REGISTER_QUERIED: facts.register_answered,
            RequirementKind.ADVICE_DELIVERED: facts.advice_delivered,
            RequirementKind.HEARD: facts.heard,
            RequirementKind.HEARD_OR_INVITED: came,
        }
        return all(
            there.get(row.check, True)
            for row in self.view.pack.requirements
            if row.act == ActKind.DECISION_PROPOSE
        )


_READY: Mapping[ActKind, Callable[[Situation], bool]] = {
    ActKind.ITEM_ADD: lambda now: now.gathers,
    ActKind.HANDOFF_ASK: lambda now: now.gathers,
    ActKind.REGISTER_QUERY: lambda now: (
        now.gathers
        and now.somebody(SourceKind.REGISTER)
        and now.has_needed(SourceKind.REGISTER)
        and not now.asked(SourceKind.REGISTER)
    ),
    ActKind.ADVICE_REQUEST: lambda now: (
        now.somebody(SourceKind.ADVICE)
        and now.has_needed(SourceKind.ADVICE)
        and now.view.answered(SourceKind.REGISTER)
        and not now.asked(SourceKind.ADVICE)
    ),
    ActKind.HEARING_RECORD: Situation.to_record,
    ActKind.DECISION_PROPOSE: Situation.prepared,
    ActKind.REGISTER_FILE: Situation.unfiled,
    ActKind.APPEAL_RULE: lambda now: now.awaits is AppealWait.JUDGMENT,
    ActKind.APPEAL_NONE: lambda now: now.awaits is AppealWait.CONFIRMATION,
    ActKind.CASE_CLOSE: lambda now: not now.unfiled(),
}


def possible(now: Situation, mine: Collection[OfficerFunction]) -> list[Act]:
    """Return the acts to think of: what the stage still wants, then what ends it.

    What would be refused for what is missing is left out. Of those that lead to a later
    stage, the nearest comes first; `mine` are the functions of who thinks of them.
    """
    pack, stage = now.view.pack, now.view.case.stage
    wanted = [row for row in staying(pack, stage) if _is_ready(row.act, now)]
    onward = [row for row in leading(pack, stage) if _is_ready(row.act, now)]
    return [*wanted, *_none_past_others(onward, mine)]


def staying(pack: Pack, stage: str) -> list[Act]:
    """Return what a stage may want before it leads on."""
    return [row for row in _of_stage(pack, stage) if row.act in _STAYING]


def leading(pack: Pack, stage: str) -> list[Act]:
    """Return what leads from a stage to a later one, the nearest first."""
    order = [row.code for row in pack.stages]
    acts = _of_stage(pack, stage)
    later = order[order.index(stage) + 1 :]
    return [row for code in later for row in acts if row.to == code]


def _of_stage(pack: Pack, stage: str) -> list[Act]:
    return [row for row in pack.acts if stage in stages_of(pack, row)]


def _none_past_others(
    onward: Sequence[Act], mine: Collection[OfficerFunction]
) -> Sequence[Act]:
    """Leave out what leads past a stage that only others can lead to.

    Else whoever waits for them is shown the end of the case as the step to take.
    """
    nearest = [row for row in onward if row.to == onward[0].to]
    is_mine = any(set(mine) & set(row.by) for row in nearest)
    return onward if is_mine else nearest


def _is_ready(act: ActKind, now: Situation) -> bool:
    check = _READY.get(act)
    return check is None or check(now)
