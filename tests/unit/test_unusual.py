"""Reads that are out of the ordinary are named with the reason, others are not."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from models.clock import BRUSSELS
from models.errors import NotConfigured
from policies.calendars import BE_LEGAL, calendar
from policies.unusual import (
    Around,
    Look,
    Sign,
    large_days,
    load_unusual_rule,
    signs_of,
)

MONDAY = datetime(2026, 3, 2, 10, tzinfo=BRUSSELS)
CASE = UUID("0b7c1d1e-52a0-4c5f-8a58-3f0c7f0a9d11")
RULE = load_unusual_rule()


def look(**changed):
    plain = {
        "entry": uuid4(),
        "at": MONDAY,
        "officer": "pz-midi/analyst",
        "function": "analyst",
        "case": CASE,
        "items": 1,
        "emergency": False,
        "refused": False,
    }
    return Look(**plain | changed)


def explained(*looks, conflicts=(), tasks=None):
    at_work = {(each.officer, each.case): {each.at.date()} for each in looks}
    around = Around(
        kept_out=set(conflicts),
        tasks=at_work if tasks is None else tasks,
        large=large_days(looks, RULE),
    )
    found = (signs_of(each, around, RULE, calendar(BE_LEGAL)) for each in looks)
    return [each for each in found if each]


def signs(*looks, conflicts=(), tasks=None):
    return [set(each) for each in explained(*looks, conflicts=conflicts, tasks=tasks)]


def test_a_plain_read_in_office_hours_is_not_listed():
    assert signs(look()) == []


@pytest.mark.parametrize(
    ("changed", "sign"),
    [
        ({"emergency": True}, Sign.EMERGENCY),
        ({"refused": True}, Sign.REFUSED),
        ({"honey": True}, Sign.HONEY),
        ({"at": MONDAY.replace(hour=6, minute=59)}, Sign.OFF_HOURS),
        ({"at": MONDAY.replace(hour=19)}, Sign.OFF_HOURS),
        ({"at": MONDAY - timedelta(days=1)}, Sign.OFF_HOURS),
        ({"at": datetime(2026, 5, 1, 10, tzinfo=BRUSSELS)}, Sign.OFF_HOURS),
    ],
)
def test_each_sign_stands_alone(changed, sign):
    assert signs(look(**changed)) == [{sign}]


@pytest.mark.parametrize("hour", [7, 18])
def test_the_edges_of_office_hours_are_inside(hour):
    assert signs(look(at=MONDAY.replace(hour=hour))) == []


def test_a_read_of_a_case_the_officer_was_kept_out_of_is_named():
    assert signs(look(), conflicts=[("pz-midi/analyst", CASE)]) == [{Sign.CONFLICT}]
    assert signs(look(), conflicts=[("pz-midi/analyst", uuid4())]) == []
    assert signs(look(), conflicts=[("pz-midi/second", CASE)]) == []
    assert signs(look(case=None), conflicts=[("pz-midi/analyst", None)]) == []


@pytest.mark.parametrize(
    ("days", "named"), [(0, False), (14, False), (-14, False), (15, True), (-15, True)]
)
def test_a_read_without_an_act_in_the_case_around_it_is_named(days, named):
    done = {("pz-midi/analyst", CASE): {(MONDAY + timedelta(days=days)).date()}}

    assert signs(look(), tasks=done) == [{Sign.NO_TASK}] * named


def test_what_an_officer_did_elsewhere_is_no_task_here():
    done = {("pz-midi/analyst", uuid4()): {MONDAY.date()}}

    assert signs(look(), tasks=done) == [{Sign.NO_TASK}]
    assert signs(look(), tasks={("pz-midi/second", CASE): {MONDAY.date()}}) != []
    assert signs(look(case=None), tasks={}) == []


def many(count, officer="pz-midi/analyst", day=MONDAY, function="analyst"):
    return [look(officer=officer, at=day, function=function) for _ in range(count)]


ALL_DAYS = {(MONDAY + timedelta(days=day)).date() for day in range(5)}
AT_WORK = {
    (officer, CASE): ALL_DAYS for officer in ("pz-midi/analyst", "pz-midi/second")
}


def usual_days():
    return [
        each
        for day in range(5)
        for each in many(3, "pz-midi/second", MONDAY + timedelta(days=day))
    ]


def test_a_day_far_above_the_usual_of_the_function_is_named_with_both_figures():
    found = explained(*usual_days(), *many(13), tasks=AT_WORK)

    assert len(found) == 13
    (why,) = {each[Sign.VOLUME] for each in found}
    assert why == "13 reads that day; usual for the function are 3"


def test_a_large_day_that_is_usual_for_the_function_is_not_named():
    registrars = [
        each
        for number in range(4)
        for each in many(20, f"deipp/r{number}", function="registrar")
    ]

    assert signs(*usual_days(), *registrars) == []


def test_a_small_day_is_never_large():
    assert signs(*many(1, "pz-midi/second"), *many(RULE.at_least - 1)) == []


def test_what_one_read_opened_counts_item_by_item():
    whole_page = look(items=50)

    assert signs(*usual_days(), whole_page) == [{Sign.VOLUME}]


def test_a_rule_that_does_not_hold_is_refused(tmp_path):
    wrong = tmp_path / "unusual.yaml"
    wrong.write_text("office_hours: early")

    with pytest.raises(NotConfigured, match=r"unusual\.yaml"):
        load_unusual_rule(wrong)
