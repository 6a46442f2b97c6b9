"""How far a case is from a decision: what it still lacks, and what it may not cite."""

from __future__ import annotations

from collections.abc import Iterable

from acts.desk import Desk
from acts.pages.overview import find_view
from models.act_kinds import ActKind
from models.agencies import Officer
from models.decisions import DecisionState, furthest
from models.ids import CaseId, ItemId
from models.items import KnownItem
from models.messages.decisions import ProposeDecision
from policies.citing import Uncitable
from policies.readiness import Gap, check_proposal, gaps, ground_gaps
from storage.case_view import CaseView
from storage.sessions import acting


def decision_gaps(
    desk: Desk,
    officer: Officer,
    case: CaseId,
    outcome: str,
    proposed: ProposeDecision | None = None,
) -> list[Gap]:
    """Return what is still missing before a decision with this outcome.

    `proposed` is a proposal that was not made yet: what would it still lack?

    Raises:
        NotFound: the case is absent or hidden, or the route has no such outcome.
        InvalidInput: the proposal speaks of what is not there.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        return gaps_of(find_view(desk, connection, case), outcome, proposed)


def gaps_of(
    view: CaseView, outcome: str, proposed: ProposeDecision | None = None
) -> list[Gap]:
    """Do the same as `decision_gaps`, of a case that was read."""
    decision = furthest(d for d in view.decisions if d.outcome == outcome)
    facts, pack = view.decision_facts(proposed or decision), view.pack
    if decision is None:
        # Reasons may be tried before the hearing: then no argument has a number yet.
        if proposed is not None and facts.arguments is not None:
            check_proposal(pack.outcome(outcome), facts)
        return gaps(pack, ActKind.DECISION_PROPOSE, outcome, facts)
    if decision.state is DecisionState.PROPOSED:
        ready = facts.model_copy(update={"proposed": True})
        missing = gaps(pack, ActKind.DECISION_ADOPT, outcome, ready)
        return missing + ground_gaps(pack, facts)
    missing = []
    if decision.state is DecisionState.ADOPTED:
        missing = gaps(pack, ActKind.DECISION_NOTIFY, outcome, facts)
    return missing + ground_gaps(pack, facts, adopted=True)


def uncitable(
    desk: Desk, officer: Officer, case: CaseId, items: Iterable[KnownItem]
) -> dict[ItemId, Uncitable]:
    """Return why some items of a case may not be cited in a decision, by item.

    What is not in it may be: it is the same test as that of a proposal.

    Raises:
        NotFound: the case is absent or hidden.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        return uncitable_of(find_view(desk, connection, case), items)


def uncitable_of(view: CaseView, items: Iterable[KnownItem]) -> dict[ItemId, Uncitable]:
    """Do the same as `uncitable`, of a case that was read."""
    reasons = {each.item: view.citable(each.item).why_not for each in items}
    return {item: reason for item, reason in reasons.items() if reason}
