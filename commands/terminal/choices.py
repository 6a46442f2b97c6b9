"""Which decision, hearing, appeal or advice of a case is meant when none is named."""

from __future__ import annotations

from acts.pages.fitting import (
    advice_to_annex,
    appeals_to_rule,
    decisions_in,
    hearings_to_record,
)
from acts.pages.overview import CaseOverview, look_up
from acts.seat import Seat
from commands.terminal.output import short
from commands.terminal.references import choose, item_id
from models.decisions import Appeal, Decision, DecisionState, Hearing
from models.errors import InvalidInput, PiecesMissing
from models.ids import CaseId, ItemId


def decision_of(
    at: Seat, case: CaseId, given: str | None, *states: DecisionState
) -> Decision:
    """Return the decision that is meant, or the one in a state that the act is for."""
    found = _case(at, case)
    fitting = decisions_in(found, *states)
    return choose(found.decisions, "decision", given, fitting)


def hearing_of(at: Seat, case: CaseId, given: str | None) -> Hearing:
    """Return the hearing that is meant, or the one that waits to be recorded."""
    found = _case(at, case)
    return choose(found.hearings, "hearing", given, hearings_to_record(found))


def appeal_of(at: Seat, case: CaseId, given: str | None) -> Appeal:
    """Return the appeal that is meant, or the one that waits for its ruling."""
    found = _case(at, case)
    return choose(found.appeals, "appeal", given, appeals_to_rule(found))


def advice_of(at: Seat, case: CaseId, given: str | None) -> ItemId:
    """Return the advice that is meant, or the only one of the case.

    Raises:
        PiecesMissing: no advice came, so none can be annexed.
        InvalidInput: there are several.
    """
    if given is not None:
        return item_id(at, given)
    found = advice_to_annex(_case(at, case))
    if not found:
        raise PiecesMissing(
            "there is no advice to annex (119ter §8 al.3)",
            help="request one with `estafette advice request`",
        )
    if len(found) > 1:
        raise InvalidInput(
            "which advice is annexed?",
            help="name one of " + ", ".join(f"`{short(each.item)}`" for each in found),
        )
    return found[0].item


def _case(at: Seat, case: CaseId) -> CaseOverview:
    return look_up(at.desk, at.reader(), case)
