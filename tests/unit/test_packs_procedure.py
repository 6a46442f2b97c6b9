"""Who may do what in which stage, and who is told what when it is refused."""

from datetime import date

import pytest

from acts.drafts.drafting import handling_of
from models.act_kinds import ActKind
from models.agencies import AgencyKind, OfficerFunction
from models.errors import NotPermitted, TransitionNotAllowed
from models.law.procedure import AgencyRole
from policies.procedure import check_act, role_of
from tests.pieces.packs import PACKS

BE = PACKS.get("be-119ter", date(2024, 2, 17))
VLG = PACKS.get("be-vlg", date(2026, 1, 1))
LEAD, HUB = AgencyRole.LEAD, AgencyRole.HUB
MAYOR, HANDLER = OfficerFunction.MAYOR, OfficerFunction.HANDLER
COLLEGE, ANALYST = OfficerFunction.COLLEGE, OfficerFunction.ANALYST


@pytest.mark.parametrize("pack", PACKS.packs, ids=lambda pack: pack.id)
def test_each_stage_says_what_happens_in_it(pack):
    assert [stage.code for stage in pack.stages if stage.meaning is None] == []


@pytest.mark.parametrize(
    ("act", "function", "role", "stage", "to"),
    [
        (ActKind.CASE_OPEN, MAYOR, LEAD, "inquiry", "inquiry"),
        (ActKind.ADVICE_REQUEST, MAYOR, LEAD, "inquiry", "advice"),
        (ActKind.ADVICE_ADMIT, ANALYST, HUB, "advice", None),
        (ActKind.HANDOFF_ASK, ANALYST, HUB, "advice", None),
        (ActKind.HANDOFF_ANSWER, ANALYST, None, "inquiry", None),
        (ActKind.HEARING_INVITE, HANDLER, LEAD, "advice", "hearing"),
        (ActKind.DECISION_PROPOSE, MAYOR, LEAD, "hearing", "proposal"),
        (ActKind.DECISION_ADOPT, COLLEGE, LEAD, "proposal", "adopted"),
        (ActKind.DECISION_NOTIFY, HANDLER, LEAD, "adopted", "standstill"),
        (ActKind.CASE_CLOSE, MAYOR, LEAD, "standstill", "closed"),
        (ActKind.APPEAL_RECORD, HANDLER, LEAD, "closed", None),
        (ActKind.APPEAL_NONE, HANDLER, LEAD, "closed", None),
    ],
)
def test_the_procedure_runs_from_opening_to_closing(act, function, role, stage, to):
    row = check_act(BE, act, {function}, role, stage)

    assert (row.act, row.to) == (act, to)


@pytest.mark.parametrize(
    ("act", "function", "stage", "who"),
    [
        (ActKind.CASE_OPEN, HANDLER, "inquiry", "mayor"),
        (ActKind.DECISION_ADOPT, MAYOR, "proposal", "college"),
        (ActKind.DECISION_PROPOSE, COLLEGE, "hearing", "mayor"),
        (ActKind.REGISTER_QUERY, MAYOR, "inquiry", "handler"),
        (ActKind.APPEAL_NONE, MAYOR, "closed", "handler"),
        (ActKind.HEARING_INVITE, ANALYST, "advice", "mayor or handler or college"),
    ],
)
def test_the_wrong_function_is_told_who_may(act, function, stage, who):
    with pytest.raises(NotPermitted, match=f"is done by {who}") as caught:
        check_act(BE, act, {function}, LEAD, stage)

    assert caught.value.details["article"] == BE.act(act).article


def test_an_officer_without_function_may_do_nothing():
    for row in BE.acts:
        with pytest.raises(NotPermitted):
            check_act(BE, row.act, set(), LEAD, "inquiry")


@pytest.mark.parametrize(
    ("act", "function", "role"),
    [
        (ActKind.CASE_CLOSE, MAYOR, None),
        (ActKind.CASE_CLOSE, MAYOR, HUB),
        (ActKind.ADVICE_DELIVER, ANALYST, LEAD),
        (ActKind.ADVICE_DELIVER, ANALYST, None),
    ],
)
def test_the_wrong_agency_is_refused(act, function, role):
    with pytest.raises(NotPermitted, match="not for your agency"):
        check_act(BE, act, {function}, role, "advice")


def test_the_wrong_stage_is_told_which():
    with pytest.raises(TransitionNotAllowed, match="in stage `inquiry`") as caught:
        check_act(BE, ActKind.DECISION_ADOPT, {COLLEGE}, LEAD, "inquiry")

    assert caught.value.help == "it belongs to `proposal`"


def test_an_act_without_stages_is_possible_in_all_but_the_last():
    for stage in [stage.code for stage in BE.stages[:-1]]:
        assert check_act(BE, ActKind.HANDOFF_ANSWER, {ANALYST}, None, stage)
    with pytest.raises(TransitionNotAllowed):
        check_act(BE, ActKind.HANDOFF_ANSWER, {ANALYST}, None, "closed")


def test_an_adopted_decision_must_be_notified_before_the_case_is_closed():
    with pytest.raises(TransitionNotAllowed):
        check_act(BE, ActKind.CASE_CLOSE, {MAYOR}, LEAD, "adopted")


def test_an_act_of_another_route_does_not_exist():
    with pytest.raises(TransitionNotAllowed, match="has no act `intention.notify`"):
        check_act(BE, ActKind.INTENTION_NOTIFY, {MAYOR}, LEAD, "inquiry")

    assert check_act(VLG, ActKind.INTENTION_NOTIFY, {MAYOR}, LEAD, "intention")


def test_in_flanders_nothing_is_asked_before_the_prosecutor_could_object():
    with pytest.raises(TransitionNotAllowed, match="in stage `intention`"):
        check_act(VLG, ActKind.HANDOFF_ASK, {HANDLER}, LEAD, "intention")

    assert VLG.clock("prosecutor_objection").ends_in == "inquiry"


def test_the_second_refusal_of_an_advice_request_is_final():
    row = BE.act(ActKind.ADVICE_REJECT)

    assert row.starts == ("completion",)
    assert row.final_when == ("second_admissibility",)
    assert BE.act(ActKind.ADVICE_COMPLETE).starts == row.final_when


def test_an_agency_leads_gathers_or_has_no_part_in_the_case_as_a_whole():
    assert role_of(BE, AgencyKind.MUNICIPALITY, leads=True) is LEAD
    assert role_of(BE, AgencyKind.MUNICIPALITY, leads=False) is None
    assert role_of(BE, AgencyKind.DEIPP, leads=False) is HUB
    assert role_of(BE, AgencyKind.TAX, leads=False) is None


@pytest.mark.parametrize("pack", [BE, VLG], ids=lambda pack: pack.id)
def test_the_article_of_every_act_can_be_the_basis_of_what_it_writes(pack):
    for row in pack.acts:
        assert handling_of(pack, row.act).basis == row.article


@pytest.mark.parametrize("pack", [BE, VLG], ids=lambda pack: pack.id)
def test_the_first_outcome_is_that_there_is_no_measure(pack):
    first = pack.outcome(pack.without_measure)

    assert (first.code, first.negative) == ("out.none", False)


def test_whose_an_act_is_says_the_route_and_nobodys_where_it_has_none():
    acts = tuple(row for row in BE.acts if row.act is not ActKind.DECISION_PROPOSE)
    without = BE.model_copy(update={"acts": acts})

    assert BE.doers(ActKind.DECISION_PROPOSE) == (OfficerFunction.MAYOR,)
    assert without.doers(ActKind.DECISION_PROPOSE) == ()
