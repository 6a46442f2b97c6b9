"""Terms counted on days that were computed by hand from the calendar."""

from datetime import UTC, date, datetime

import pytest

from models.errors import ClockError, ExtensionExhausted
from models.law.clocks import RollOver, Unit
from models.law.rows import Label
from policies.calendars import calendar
from policies.clocks import Suspension, count, ends_at, reminder_days
from tests.pieces.packs import PACKS

BE = PACKS.get("be-119ter", date(2024, 2, 17))
VLG = PACKS.get("be-vlg", date(2026, 1, 1))
DAYS = calendar(BE.calendar)
WORKING = Label(fr="DIOB", nl="DIOB", en="DIOB works")


def counted(code, start, **more):
    return count(BE.clock(code), start, DAYS, **more)


def flemish_inquiry(*pauses):
    days = calendar(VLG.calendar)
    return count(VLG.clock("inquiry"), date(2026, 3, 2), days, suspensions=pauses)


@pytest.mark.parametrize(
    ("decision", "fifty", "eighty"),
    [
        (date(2026, 3, 2), date(2026, 5, 13), date(2026, 6, 26)),
        (date(2026, 6, 30), date(2026, 9, 9), date(2026, 10, 21)),
        (date(2026, 12, 18), date(2027, 3, 2), date(2027, 4, 14)),
        (date(2026, 4, 3), date(2026, 6, 18), date(2026, 7, 31)),
    ],
)
def test_an_inquiry_ends_after_fifty_or_eighty_working_days(decision, fifty, eighty):
    assert counted("inquiry", decision).deadline == fifty
    assert counted("inquiry", decision, extended=1).deadline == eighty


def test_the_advice_is_due_thirty_working_days_after_admission():
    assert counted("advice", date(2026, 3, 2)).deadline == date(2026, 4, 14)


def test_a_measure_may_be_executed_on_the_sixteenth_day_after_notification():
    standstill = counted("standstill", date(2026, 3, 2))

    assert standstill.deadline == date(2026, 3, 17)
    assert ends_at(standstill.deadline).date() == date(2026, 3, 18)
    assert standstill.skipped == ()


def test_an_appeal_term_that_ends_on_a_holiday_moves_to_the_next_working_day():
    term = counted("annulment", date(2026, 3, 2))

    assert term.deadline == date(2026, 5, 4)
    assert [(s.day, s.reason.en) for s in term.skipped] == [
        (date(2026, 5, 1), "Labor Day"),
        (date(2026, 5, 2), "Saturday"),
        (date(2026, 5, 3), "Sunday"),
    ]


def test_the_same_term_without_that_rule_ends_on_the_holiday():
    clock = BE.clock("annulment").model_copy(update={"rolls_over": RollOver.NEVER})

    assert count(clock, date(2026, 3, 2), DAYS).deadline == date(2026, 5, 1)


def test_the_counting_names_every_day_that_was_not_counted():
    inquiry = counted("inquiry", date(2026, 3, 2))
    weekday_holidays = {
        s.day: s.reason.nl for s in inquiry.skipped if s.day.weekday() < 5
    }

    assert inquiry.first_day == date(2026, 3, 3)
    assert inquiry.counted == 50
    assert weekday_holidays == {
        date(2026, 4, 6): "Paasmaandag",
        date(2026, 5, 1): "Dag van de Arbeid",
    }
    span = (inquiry.deadline - inquiry.first_day).days + 1
    assert span == inquiry.counted + len(inquiry.skipped)


def test_reminders_fall_on_counted_days_by_their_number():
    inquiry = counted("inquiry", date(2026, 3, 2))

    # domain vectors: working day 35 is 21 April, working day 45 is 6 May
    assert reminder_days(BE.clock("inquiry"), inquiry) == (
        date(2026, 3, 9),
        date(2026, 3, 23),
        date(2026, 4, 21),
        date(2026, 5, 6),
    )


def test_a_term_ends_at_midnight_in_brussels_in_winter_and_in_summer():
    assert ends_at(date(2026, 3, 17)) == datetime(2026, 3, 17, 23, tzinfo=UTC)
    assert ends_at(date(2026, 7, 17)) == datetime(2026, 7, 17, 22, tzinfo=UTC)
    # the night in which summer time begins: the day has 23 hours
    assert ends_at(date(2026, 3, 29)) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert ends_at(date(2026, 10, 25)) == datetime(2026, 10, 25, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 3, 2), date(2026, 9, 1)),  # that day counts: eve of the same day
        (date(2026, 8, 31), date(2027, 2, 28)),  # no 31 February
        (date(2027, 8, 31), date(2028, 2, 29)),  # a leap year
        (date(2027, 8, 29), date(2028, 2, 28)),
        (date(2026, 1, 1), date(2026, 6, 30)),
    ],
)
def test_six_months_from_the_day_itself_end_on_the_eve(start, last):
    assert counted("suspension_max", start).deadline == last


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 1, 15), date(2026, 2, 15)),
        (date(2026, 1, 30), date(2026, 2, 28)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_month_from_the_next_day_ends_on_the_same_day_of_the_month(start, last):
    assert counted("rights_answer", start).deadline == last


def test_a_year_from_a_leap_day_ends_on_the_last_of_february():
    assert counted("penalty_prescription", date(2028, 2, 29)).deadline == date(
        2029, 2, 28
    )


def test_suspended_days_are_not_counted_and_are_named():
    pause = Suspension(first=date(2026, 3, 9), last=date(2026, 3, 13), reason=WORKING)
    term = flemish_inquiry(pause)

    assert term.deadline == date(2026, 5, 21)  # five working days later, Ascension
    assert [s.day for s in term.skipped if s.reason == WORKING] == [
        date(2026, 3, day) for day in range(9, 14)
    ]


def test_a_term_that_is_still_suspended_has_no_end_yet():
    pause = Suspension(first=date(2026, 3, 9), last=None, reason=WORKING)

    with pytest.raises(ClockError, match="its end is not known yet"):
        flemish_inquiry(pause)


def test_a_suspension_after_the_end_changes_nothing():
    pause = Suspension(first=date(2026, 6, 1), last=None, reason=WORKING)

    assert flemish_inquiry(pause) == flemish_inquiry()


def test_months_cannot_be_suspended_for_lack_of_a_rule():
    pause = Suspension(first=date(2026, 3, 9), last=None, reason=WORKING)

    with pytest.raises(ClockError, match="counted in months"):
        counted("suspension_max", date(2026, 3, 2), suspensions=[pause])


def test_a_clock_without_length_cannot_be_counted():
    with pytest.raises(ClockError, match="no length"):
        counted("register_appeal", date(2026, 3, 2))


@pytest.mark.parametrize(("code", "times"), [("inquiry", 2), ("advice", 1)])
def test_a_term_is_extended_no_more_often_than_the_law_allows(code, times):
    with pytest.raises(ExtensionExhausted):
        counted(code, date(2026, 3, 2), extended=times)


def test_calendar_days_count_weekends_and_working_days_do_not():
    standstill = BE.clock("standstill")
    in_working_days = standstill.model_copy(update={"unit": Unit.WORKING_DAYS})

    assert count(standstill, date(2026, 3, 2), DAYS).deadline == date(2026, 3, 17)
    assert count(in_working_days, date(2026, 3, 2), DAYS).deadline == date(2026, 3, 23)
