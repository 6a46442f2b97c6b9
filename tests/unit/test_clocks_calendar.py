"""The Belgian calendar: ten legal holidays, weekends, and the closures of a pack."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import NotFound
from models.law.clocks import Closure
from models.law.rows import Label, Mark
from policies.calendars import calendar

BE = calendar("be-legal")
LEGAL_2026 = {
    date(2026, 1, 1): "Nouvel An",
    date(2026, 4, 6): "Lundi de Pâques",
    date(2026, 5, 1): "Fête du Travail",
    date(2026, 5, 14): "Ascension",
    date(2026, 5, 25): "Lundi de Pentecôte",
    date(2026, 7, 21): "Fête nationale",
    date(2026, 8, 15): "Assomption",
    date(2026, 11, 1): "Toussaint",
    date(2026, 11, 11): "Jour de l'Armistice",
    date(2026, 12, 25): "Noël",
}


@pytest.mark.parametrize("day", LEGAL_2026)
def test_the_ten_legal_holidays_are_no_working_days(day):
    reason = BE.reason(day)

    assert reason is not None
    assert reason.fr == LEGAL_2026[day]
    assert reason.nl != reason.en


def test_no_other_weekday_of_the_year_is_a_holiday():
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    off = {day for day in year if day.weekday() < 5 and BE.reason(day) is not None}

    assert off == {day for day in LEGAL_2026 if day.weekday() < 5}


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 3),  # Good Friday: banks only
        date(2026, 5, 15),  # Friday after Ascension
        date(2026, 7, 10),
        date(2026, 11, 2),
        date(2026, 12, 28),
    ],
)
def test_days_that_only_some_services_close_are_working_days(day):
    assert BE.reason(day) is None


def test_weekends_are_named_in_three_languages():
    assert BE.reason(date(2026, 3, 7)) == Label(
        fr="samedi", nl="zaterdag", en="Saturday"
    )
    assert BE.reason(date(2026, 3, 8)) == Label(fr="dimanche", nl="zondag", en="Sunday")


def test_a_closure_of_the_pack_is_no_working_day_either():
    day, label = date(2026, 11, 15), Label(fr="Fête du Roi", nl="Koningsdag", en="King")
    closure = Closure(day=day, label=label, article="L24 2, 10°", mark=Mark.ANALYSIS)

    assert calendar("be-legal", [closure]).reason(day) == label


@given(st.dates(date(2023, 1, 1), date(2031, 1, 1)), st.integers(0, 900))
def test_working_days_are_those_that_have_no_reason_not_to_be(after, length):
    label = Label(fr="f", nl="n", en="e")
    closures = [
        Closure(day=day, label=label, article="L24 2, 10°", mark=Mark.ANALYSIS)
        for day in (after + timedelta(days=3), date(2026, 12, 24), date(2026, 12, 25))
    ]
    days, until = calendar("be-legal", closures), after + timedelta(days=length)

    ahead = (after + timedelta(days=n) for n in range(1, length + 1))
    counted = sum(days.reason(day) is None for day in ahead)
    assert days.working_days(after, until) == counted


def test_an_unknown_calendar_is_not_found():
    with pytest.raises(NotFound, match="no calendar `be-bank`"):
        calendar("be-bank")
