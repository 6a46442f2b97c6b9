"""A fact that was taken back: it stops a proposal, and a decision says so."""

from datetime import date

import pytest

from models.errors import PiecesMissing
from policies.citing import CitedFact
from policies.readiness import DecisionFacts, check_grounds, ground_gaps
from tests.pieces.packs import PACKS

BE = PACKS.current("be-119ter", date(2026, 7, 1))
GOOD = CitedFact(item="a" * 36, limb="1", known=True, sourced=True, disclosable=True)
LOST = GOOD.model_copy(update={"item": "b" * 36, "withdrawn": True})
HELD = GOOD.model_copy(update={"item": "c" * 36, "judicial_hold": True})
STANDING = DecisionFacts(advice_delivered=True, cited=(GOOD,))


def said(facts: DecisionFacts, *, adopted: bool) -> dict[str, str]:
    gaps = ground_gaps(BE, facts, adopted=adopted)
    return {gap.requirement: gap.missing for gap in gaps}


@pytest.mark.parametrize("adopted", [True, False])
def test_a_fact_that_was_taken_back_is_named_with_the_rule_that_needs_it(
    adopted: bool,
) -> None:
    facts = STANDING.model_copy(update={"cited": (GOOD, LOST)})

    (gap,) = ground_gaps(BE, facts, adopted=adopted)

    assert gap.missing == "item `bbbbbbbb` was taken back by its originator"
    assert gap.article == "NLC 119ter §10 al.2"


def test_nothing_is_wrong_while_everything_stands() -> None:
    for adopted in (True, False):
        assert said(STANDING, adopted=adopted) == {}


def test_what_came_to_be_held_stops_a_proposal_and_no_decision() -> None:
    facts = STANDING.model_copy(update={"cited": (HELD,)})

    assert list(said(facts, adopted=False).values()) == [
        "item `cccccccc` is under judicial hold"
    ]
    assert said(facts, adopted=True) == {}


def test_an_advice_that_was_taken_back_is_missing() -> None:
    facts = STANDING.model_copy(update={"advice_delivered": False})

    for adopted in (True, False):
        assert list(said(facts, adopted=adopted).values()) == ["no advice stands"]


def test_a_proposal_that_lost_its_ground_cannot_go_on() -> None:
    facts = STANDING.model_copy(update={"cited": (LOST,)})

    with pytest.raises(PiecesMissing, match="taken back") as refused:
        check_grounds(BE, facts)

    assert "propose again" in refused.value.help
    check_grounds(BE, STANDING)
