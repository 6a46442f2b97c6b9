"""What the packs say, against the law as it was read."""

from datetime import date

import pytest

from models.act_kinds import ActKind
from models.agencies import AgencyKind
from models.law.clocks import ClockEnd, Expiry, FirstDay, Unit
from models.law.decisions import GateScope, OutcomePart, RequirementKind
from models.law.records import DataClass
from models.law.rows import Mark
from models.law.sources import SourceKind
from models.law.sources import TestedDate as DateTested
from models.packs import PackStatus
from tests.pieces.packs import PACKS

BE = PACKS.get("be-119ter", date(2024, 2, 17))
VLG = PACKS.get("be-vlg", date(2026, 1, 1))
BOTH = pytest.mark.parametrize("pack", PACKS.packs, ids=lambda pack: pack.id)


def codes(rows):
    return [row.code for row in rows]


@pytest.mark.parametrize(
    ("code", "length", "unit", "first"),
    [
        ("inquiry", 50, Unit.WORKING_DAYS, FirstDay.NEXT_WORKING_DAY),
        ("admissibility", 5, Unit.WORKING_DAYS, FirstDay.NEXT_WORKING_DAY),
        ("completion", 5, Unit.WORKING_DAYS, FirstDay.NEXT_WORKING_DAY),
        ("second_admissibility", 5, Unit.WORKING_DAYS, FirstDay.NEXT_WORKING_DAY),
        ("advice", 30, Unit.WORKING_DAYS, FirstDay.NEXT_DAY),
        ("register_filing", 5, Unit.WORKING_DAYS, FirstDay.NEXT_WORKING_DAY),
        ("standstill", 15, Unit.CALENDAR_DAYS, FirstDay.NEXT_DAY),
        ("standstill_warning", 15, Unit.CALENDAR_DAYS, FirstDay.NEXT_DAY),
        ("annulment", 60, Unit.CALENDAR_DAYS, FirstDay.NEXT_DAY),
        ("suspension_max", 6, Unit.MONTHS, FirstDay.SAME_DAY),
        ("rights_answer", 1, Unit.MONTHS, FirstDay.NEXT_DAY),
        ("penalty_prescription", 1, Unit.YEARS, FirstDay.NEXT_DAY),
    ],
)
def test_the_terms_are_those_of_the_law(code, length, unit, first):
    clock = BE.clock(code)

    assert (clock.length, clock.unit, clock.first_day) == (length, unit, first)
    assert clock.statutory


def test_the_inquiry_is_extended_once_by_thirty_days_and_warns():
    inquiry = BE.clock("inquiry")

    assert inquiry.extension is not None
    assert (inquiry.extension.length, inquiry.extension.times) == (30, 1)
    assert inquiry.reminders == (5, 15, 35, 45)
    assert inquiry.effect is Expiry.WARNS


@pytest.mark.parametrize(
    "code", ["police_answer", "ciear_answer", "prosecutor_answer", "service_answer"]
)
def test_a_term_that_the_law_does_not_set_is_an_agreement(code):
    clock = BE.clock(code)

    assert (clock.statutory, clock.mark) == (False, Mark.ANALYSIS)
    assert clock.effect is Expiry.WARNS


def test_only_ends_that_the_law_gives_a_consequence_have_one():
    ends = {clock.code: clock.at_end for clock in BE.clocks if clock.at_end}

    assert ends == {
        "inquiry": (ClockEnd.QUESTIONS_EXPIRE,),
        "advice": (ClockEnd.QUESTIONS_EXPIRE,),
        "completion": (ClockEnd.REQUEST_LAPSES,),
        "annulment": (ClockEnd.CONFIRM_NO_APPEAL,),
        "release_answer": (ClockEnd.SILENCE_REFUSES,),  # a rule of ours
    }


@BOTH
def test_every_clock_that_can_be_counted_is_started_or_used_somewhere(pack):
    started = {code for act in pack.acts for code in act.starts}
    answers = {source.clock for source in pack.sources}
    limits = {outcome.max_clock for outcome in pack.outcomes}
    countable = {clock.code for clock in pack.clocks if clock.length is not None}
    shown_only = {"rights_answer", "penalty_prescription"}

    assert countable <= started | answers | limits | shown_only


@BOTH
def test_acts_alone_lead_through_every_stage_of_a_route_in_force(pack):
    """No clock moves a case yet: `ends_in` is shown and not enforced."""
    stages = [stage.code for stage in pack.stages]
    stuck = set(stages) - {act.to for act in pack.acts} - {stages[0]}

    allowed = set() if pack.status is PackStatus.IN_FORCE else {"inquiry"}
    assert stuck == allowed
    assert stuck == {clock.ends_in for clock in pack.clocks if clock.ends_in}


@BOTH
def test_a_case_can_be_closed_from_some_stage(pack):
    closing = pack.act(ActKind.CASE_CLOSE)

    assert closing.to == pack.stages[-1].code == "closed"


def test_the_federal_route_has_every_act_but_the_flemish_ones():
    flemish = {ActKind.INTENTION_NOTIFY, ActKind.INTENTION_OBJECT}

    assert {row.act for row in BE.acts} == set(ActKind) - flemish
    assert flemish <= {row.act for row in VLG.acts}


def test_the_mayor_proposes_and_the_college_adopts():
    assert BE.act(ActKind.DECISION_PROPOSE).by == ("mayor",)
    assert BE.act(ActKind.DECISION_ADOPT).by == ("college",)
    assert BE.act(ActKind.CASE_OPEN).by == ("mayor",)


def asked_by(kind):
    """The law's list: a request to an originator opens no source, and is ours."""
    rows = [s for s in BE.sources if kind in s.asked_by]
    return [s for s in rows if s.kind is not SourceKind.RELEASE]


@BOTH
def test_what_an_originator_controls_has_terms_of_ours_that_grant_nothing(pack):
    release = pack.source("release")
    answer, receipt = (pack.clock(c) for c in (release.clock, "recall_receipt"))

    for row in (release, answer, receipt):
        assert row.mark is Mark.ANALYSIS
        assert any(row.code in each.concerns for each in pack.to_confirm)
    assert (answer.at_end, answer.statutory) == ((ClockEnd.SILENCE_REFUSES,), False)
    assert (receipt.at_end, receipt.statutory) == ((), False)
    last = pack.stages[-1].code
    for act in (ActKind.ITEM_RECALL, ActKind.ITEM_CORRECT):
        assert last in pack.act(act).stages  # as long as data are held


def test_the_closed_list_of_the_commune_is_that_of_the_law():
    own = asked_by(AgencyKind.MUNICIPALITY)

    assert {s.code: (s.kind, s.agency_kind) for s in own} == {
        "src.1": (SourceKind.REGISTER, AgencyKind.DEIPP),
        "src.2": (SourceKind.HANDOFF, AgencyKind.POLICE_ZONE),
        "src.3": (SourceKind.RECORD, None),
        "src.4": (SourceKind.RECORD, None),
        "src.5": (SourceKind.RECORD, None),
        "src.6": (SourceKind.HANDOFF, AgencyKind.CIEAR),
        "src.7": (SourceKind.HANDOFF, AgencyKind.PROSECUTOR),
        "src.8": (SourceKind.ADVICE, AgencyKind.DEIPP),
        "src.cc": (SourceKind.CONSULTATION, None),
    }
    assert [s.code for s in own if s.mandatory] == ["src.1"]


def test_the_hub_asks_twelve_rows_of_which_one_is_not_in_force():
    rows = asked_by(AgencyKind.DEIPP)

    assert len(rows) == 12
    assert [s.code for s in rows if not s.in_force] == ["svc.reg"]


def test_police_data_leave_out_six_categories():
    police = BE.source("svc.1")
    left_out = [row.article for row in police.data if not row.allowed]

    assert left_out == [
        "LFP 44/5 §1 1°",
        "LFP 44/5 §3 3°",
        "LFP 44/5 §3 4°",
        "LFP 44/5 §3 7°",
        "LFP 44/5 §3 9°",
        "LFP 44/5 §4 1°",
    ]
    assert len(police.data) == 17


def test_plain_debts_hang_on_a_switch_that_is_off():
    plain = {d.code: d.fact for s in BE.sources for d in s.data if d.fact}
    switch = next(fact for fact in BE.facts if fact.code == "plain_debts")

    assert plain == {"tax_debts": "plain_debts", "social_debts": "plain_debts"}
    assert switch.default is False


def test_two_age_filters_test_two_dates_and_never_that_of_the_fact():
    commune, advice = BE.age_filter("commune"), BE.age_filter("advice_data")

    assert (commune.years, commune.tested) == (5, DateTested.COLLECTED)
    assert (advice.years, advice.tested) == (5, DateTested.PROCESSED)
    assert VLG.age_filters == ()


def test_every_agency_that_a_commune_may_not_ask_has_a_lawful_alternative():
    closed = {door.agency_kind for door in BE.closed_doors}
    asked = {s.agency_kind for s in BE.sources if BE.lead in s.asked_by}
    served = {s.agency_kind for s in BE.sources if BE.hub in s.asked_by}

    assert not closed & asked
    assert served - asked - {BE.lead} <= closed


def test_a_measure_needs_what_the_law_lists():
    checks = {row.check for row in BE.requirements}

    assert checks == set(RequirementKind) - {
        RequirementKind.HEARD,
        RequirementKind.PROSECUTOR_NOT_OPPOSED,
    }


def test_the_flemish_hearing_knows_no_absence():
    checks = {row.check for row in VLG.requirements}

    assert RequirementKind.HEARD in checks
    assert RequirementKind.HEARD_OR_INVITED not in checks
    assert RequirementKind.ADVICE_DELIVERED not in checks


def test_a_suspension_needs_lifting_conditions_and_lasts_six_months_at_most():
    suspension = BE.outcome("out.susp")

    assert suspension.requires == (OutcomePart.LIFTING_CONDITIONS,)
    assert suspension.max_clock == "suspension_max"
    assert [o.code for o in BE.outcomes if o.negative] == [
        "out.refuse",
        "out.susp",
        "out.withdraw",
        "out.close",
    ]


def test_special_conditions_exist_in_flanders_only():
    def have(pack):
        return [OutcomePart.SPECIAL_CONDITIONS in o.requires for o in pack.outcomes]

    assert any(have(VLG))
    assert not any(have(BE))


def test_seven_identifiers_may_leave_and_no_more():
    assert codes(BE.identifiers) == [
        "id.name", "id.first", "id.dob", "id.addr", "id.rn", "id.kbo", "id.est",
    ]  # fmt: skip
    assert [i.code for i in BE.identifiers if i.legal] == [
        "id.addr",
        "id.kbo",
        "id.est",
    ]


def test_interests_retention_and_gates_are_complete():
    assert len(BE.interests) == 10
    assert len(VLG.interests) == 13
    assert {row.data_class for row in BE.retention} == set(DataClass)
    gates = [p.code for p in BE.preconditions if p.scope is GateScope.ALWAYS]
    assert {"pre.ord", "pre.prot", "pre.dec", "pre.staff"} <= set(gates)
    assert len(BE.preconditions) == 16


def test_logs_name_the_six_operations_and_four_fields():
    parts = [row.part for row in BE.logs]

    assert (parts.count("operation"), parts.count("field")) == (6, 4)


def test_the_flemish_route_is_not_confirmed_and_its_doors_are_switched_off():
    closed = [s.code for s in VLG.sources if s.conditions]

    assert VLG.status is PackStatus.UNCONFIRMED
    assert closed == [*(f"vl.svc.{n}" for n in range(1, 12)), "vl.svc.j", "vl.svc.diob"]
    assert not any(fact.default for fact in VLG.facts)


@BOTH
def test_what_counsel_must_confirm_concerns_rows_that_exist(pack):
    known = {
        row.code
        for name in ("clocks", "sources", "facts", "offences", "outcomes", "retention")
        for row in getattr(pack, name)
    }
    for question in pack.to_confirm:
        assert set(question.concerns) <= known, question.code
    assert pack.to_confirm


@BOTH
def test_every_act_warned_about_and_every_day_warned_on_is_a_reminder(pack):
    for caution in pack.warnings:
        if caution.clock is not None:
            assert caution.day in pack.clock(caution.clock).reminders
