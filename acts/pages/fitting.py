"""Which decision, hearing, appeal or advice of a case an act can be about."""

from __future__ import annotations

from acts.pages.overview import CaseOverview
from models.decisions import Appeal, Decision, DecisionState, Hearing
from models.items import ItemKind, ItemState, KnownItem


def decisions_in(found: CaseOverview, *states: DecisionState) -> list[Decision]:
    """Return the decisions in a state that an act is for."""
    return [each for each in found.decisions if each.state in states]


def unrecorded_hearings(found: CaseOverview) -> list[Hearing]:
    """Return the hearings without minutes: those to come, and those to record."""
    return [each for each in found.hearings if not each.is_recorded]


def appeals_to_rule(found: CaseOverview) -> list[Appeal]:
    """Return the appeals that wait for their ruling."""
    return [each for each in found.appeals if each.is_pending]


def advice_to_annex(found: CaseOverview) -> list[KnownItem]:
    """Return the advice that came and was not taken back."""
    return [
        each
        for each in found.items
        if each.kind is ItemKind.ADVICE and each.state is ItemState.LIVE
    ]
