"""Figures are of enough cases or hidden, and nothing shown tells what is hidden."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figures import CountedCase, CountedQuestion
from models.handoffs import HandoffState
from models.ids import AgencyId
from policies.calendars import BE_LEGAL, calendar
from policies.figures import (
    load_figure_rule,
    load_of,
    turnaround_of,
    working_days,
)

RULE = load_figure_rule()
TODAY = date(2026, 3, 2)  # a Monday
DAYS = calendar(BE_LEGAL)
TOWNS = [AgencyId(f"town-{n}") for n in range(4)]
PLACES = [
    (town, "be-119ter", stage) for town in TOWNS for stage in ("inquiry", "advice")
]
POLICE = AgencyId("pz-midi")


def cases(counts: list[int]) -> list[CountedCase]:
    return [
        CountedCase(number=n, agency=agency, route=route, stage=stage)
        for (agency, route, stage), count in zip(PLACES, counts, strict=True)
        for n in range(count)
    ]


def question(number: int, **said: object) -> CountedQuestion:
    plain = {
        "number": number,
        "asked": POLICE,
        "state": HandoffState.OFFERED,
        "offered_on": TODAY - timedelta(days=7),
        "due_on": TODAY,
        "closed_on": None,
    }
    return CountedQuestion.model_validate(plain | said)


def answered(number: int, after: int) -> CountedQuestion:
    offered = TODAY - timedelta(days=100)
    ended = {"offered_on": offered, "closed_on": offered + timedelta(days=after)}
    return question(number, state=HandoffState.ANSWERED, **ended)


@pytest.mark.parametrize(("count", "shown"), [(0, None), (4, None), (5, 5), (6, 6)])
def test_a_count_is_shown_from_five_cases_on(count: int, shown: int | None) -> None:
    first, *others = load_of(cases([count, *[0] * 7]), PLACES, RULE)

    assert first.cases == shown
    assert {each.cases for each in others} == {None}


small = st.integers(0, RULE.least_cases - 1)


@given(st.lists(st.integers(0, 9), min_size=8, max_size=8), st.data())
def test_whatever_hidden_cells_hold_all_that_is_shown_is_the_same(
    counts: list[int], data: st.DataObject
) -> None:
    hidden = [c if c >= RULE.least_cases else data.draw(small) for c in counts]

    assert load_of(cases(counts), PLACES, RULE) == load_of(cases(hidden), PLACES, RULE)


@given(st.integers(0, 4), st.integers(0, 4), st.integers(1, 60))
def test_few_answers_change_nothing_that_is_told_of_a_partner(
    one: int, other: int, after: int
) -> None:
    def told(count: int) -> object:
        found = [answered(number, after) for number in range(count)]
        return turnaround_of(found, [POLICE], RULE, (TODAY, DAYS))

    assert told(one) == told(other)


def test_many_questions_of_few_cases_stay_hidden() -> None:
    few = [question(number % 4) for number in range(40)]

    (line,) = turnaround_of(few, [POLICE], RULE, (TODAY, DAYS))

    assert line.in_time is None


def test_an_open_question_is_overdue_after_its_last_day() -> None:
    late = [question(n, due_on=TODAY - timedelta(days=1)) for n in range(6)]
    on_time = [question(n, due_on=TODAY) for n in range(5)]

    (line,) = turnaround_of([*late, *on_time], [POLICE], RULE, (TODAY, DAYS))

    assert (line.overdue, line.in_time, line.answered) == (6, 5, None)


def test_turnaround_is_of_the_middle_answer_and_of_the_slowest_tenth() -> None:
    taken = [answered(number, 7 * (number + 1)) for number in range(10)]

    (line,) = turnaround_of(taken, [POLICE], RULE, (TODAY, DAYS))

    lengths = [working_days(each, DAYS) for each in taken]
    assert (line.median, line.slowest) == (lengths[4], lengths[8])
    (fewer,) = turnaround_of(taken[:9], [POLICE], RULE, (TODAY, DAYS))
    assert fewer.median is not None
    assert fewer.slowest is None


def test_weekends_and_holidays_count_for_nobody() -> None:
    easter = CountedQuestion(
        number=1,
        asked=POLICE,
        state=HandoffState.ANSWERED,
        offered_on=date(2026, 4, 3),  # Good Friday
        due_on=None,
        closed_on=date(2026, 4, 8),
    )

    assert working_days(easter, DAYS) == 2  # Tuesday and Wednesday
    assert working_days(question(1, closed_on=TODAY - timedelta(days=7)), DAYS) == 0


def test_a_question_that_ended_without_an_answer_counts_apart() -> None:
    ended = [question(n, state=HandoffState.REFUSED, closed_on=TODAY) for n in range(5)]

    (line,) = turnaround_of(ended, [POLICE], RULE, (TODAY, DAYS))

    assert (line.unanswered, line.overdue, line.median) == (5, None, None)
