"""What a decision lacks: and a rule that nobody can check never looks kept."""

from datetime import date

import pytest

from models.act_kinds import ActKind
from models.errors import InvalidInput, PiecesMissing
from models.law.decisions import RequirementKind
from models.packs import Pack
from policies.readiness import DecisionFacts, check_proposal, check_ready, gaps
from tests.pieces.packs import PACKS

BE = PACKS.current("be-119ter", date(2026, 7, 1))
VLG = PACKS.current("be-vlg", date(2026, 7, 1))
PROPOSE = ActKind.DECISION_PROPOSE


def missing(pack: Pack, outcome: str, facts: DecisionFacts) -> dict[str, str]:
    return {g.requirement: g.missing for g in gaps(pack, PROPOSE, outcome, facts)}


@pytest.mark.parametrize("kind", ["copies_sent", "standstill_over"])
def test_a_requirement_that_cannot_be_checked_is_a_gap_where_it_binds(
    kind: str,
) -> None:
    rows = [r for r in BE.requirements if r.check == RequirementKind(kind)]
    assert [row.act for row in rows] == [None]  # it binds what happens elsewhere
    bound = rows[0].model_copy(update={"act": PROPOSE})
    pack = BE.model_copy(update={"requirements": (bound,)})

    lacks = missing(pack, "out.refuse", DecisionFacts())

    assert lacks == {bound.code: "this cannot be checked yet, so it counts as missing"}
    with pytest.raises(PiecesMissing, match="cannot be checked yet"):
        check_ready(pack, PROPOSE, "out.refuse", DecisionFacts())


def test_nobody_can_show_yet_that_the_prosecutor_did_not_object() -> None:
    """VLG 7 al.5."""
    lacks = missing(VLG, "out.close", DecisionFacts())

    assert "cannot be checked yet" in lacks["vl.cond.prosecutor"]


def test_special_conditions_cannot_be_imposed_before_they_can_be_written() -> None:
    """VLG 3 §1 al.3."""
    assert missing(VLG, "out.cond", DecisionFacts())["outcome"] == (
        "the special conditions: this cannot be checked yet, so it counts as missing"
    )
    assert "outcome" not in missing(VLG, "out.refuse", DecisionFacts())


def test_every_requirement_of_the_federal_route_that_binds_an_act_can_be_met() -> None:
    facts = DecisionFacts(
        register_answered=True, advice_delivered=True, heard=True, arguments=0,
        proposed=True, advice_annexed=True, parts=frozenset(RequirementKind),
        cited=({"item": "a", "limb": "l", "known": True, "sourced": True,
                "disclosable": True},),
    )  # fmt: skip

    for act in (PROPOSE, ActKind.DECISION_ADOPT, ActKind.DECISION_NOTIFY):
        assert gaps(BE, act, "out.refuse", facts) == []


def test_one_missing_piece_is_told_as_one() -> None:
    rows = [r for r in BE.requirements if r.check == RequirementKind.ADVICE_DELIVERED]
    pack = BE.model_copy(update={"requirements": tuple(rows)})

    with pytest.raises(PiecesMissing, match="^1 piece is missing: "):
        check_ready(pack, PROPOSE, "out.refuse", DecisionFacts())


def test_only_a_measure_that_the_law_limits_is_given_for_some_months() -> None:
    facts = DecisionFacts(months=3)
    check_proposal(BE.outcome("out.susp"), facts)

    with pytest.raises(InvalidInput, match="`out.refuse` is not limited") as refused:
        check_proposal(BE.outcome("out.refuse"), facts)

    assert "--months" in refused.value.help


@pytest.mark.parametrize(("raised", "told"), [(None, 0), (0, 0), (2, 2)])
def test_only_arguments_of_the_minutes_are_answered(
    raised: int | None, told: int
) -> None:
    row = BE.outcome("out.refuse")
    known = DecisionFacts(arguments=raised, answered=frozenset(range(1, told + 1)))
    check_proposal(row, known)

    unknown = known.model_copy(update={"answered": frozenset({1, 99})})
    with pytest.raises(InvalidInput, match=f"the minutes hold {told}"):
        check_proposal(row, unknown)
