"""Which decision, hearing, appeal or advice of a case is meant when none is named."""

from __future__ import annotations

from uuid import UUID

from acts.pages.fitting import (
    advice_to_annex,
    appeals_to_rule,
    decisions_in,
    unrecorded_hearings,
)
from commands.terminal.offices import Office
from commands.terminal.output import short
from commands.terminal.references import choose
from models.decisions import Appeal, Decision, DecisionState, Hearing
from models.errors import InvalidInput, PiecesMissing
from models.ids import ItemId


def decision_of(
    office: Office, case: UUID, given: str | None, *states: DecisionState
) -> Decision:
    """Return the decision that is meant, or the one in a state that the act is for."""
    found = office.case_of(case)
    fitting = decisions_in(found, *states)
    return choose(found.decisions, "decision", given, fitting)


def hearing_of(office: Office, case: UUID, given: str | None) -> Hearing:
    """Return the hearing that is meant, or the one that waits to be recorded."""
    found = office.case_of(case)
    return choose(found.hearings, "hearing", given, unrecorded_hearings(found))


def appeal_of(office: Office, case: UUID, given: str | None) -> Appeal:
    """Return the appeal that is meant, or the one that waits for its ruling."""
    found = office.case_of(case)
    return choose(found.appeals, "appeal", given, appeals_to_rule(found))


def advice_of(office: Office, case: UUID, given: str | None) -> ItemId:
    """Return the advice that is meant, or the only one of the case.

    Raises:
        PiecesMissing: no advice came, so none can be annexed.
        InvalidInput: there are several.
    """
    if given is not None:
        return ItemId(office.id_of("item", given))
    found = advice_to_annex(office.case_of(case))
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
