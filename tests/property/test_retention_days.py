"""Laws of destruction days: never before the event, never later for an earlier one."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.law.clocks import Unit
from models.law.records import Retention
from policies.retention import due
from tests.pieces.packs import PACKS

LONGEST = {Unit.CALENDAR_DAYS: 1, Unit.MONTHS: 31, Unit.YEARS: 366}
ROWS = [row for pack in PACKS.packs for row in pack.retention]

events = st.dates(date(2020, 1, 1), date(2100, 1, 1))
lengths = st.integers(0, 40)
units = st.sampled_from(sorted(LONGEST))
listed = st.sampled_from([row for row in ROWS if row.unit in LONGEST])


@st.composite
def rules(draw: st.DrawFn) -> Retention:
    """A rule of a pack with any length, in any unit that retention may have."""
    changed = {"length": draw(lengths), "unit": draw(units)}
    return draw(listed).model_copy(update=changed)


@given(rules(), events)
def test_data_are_destroyed_after_the_event_and_within_the_term(rule, event) -> None:
    kept = due(rule, event) - event

    assert timedelta() <= kept <= timedelta(days=rule.length * LONGEST[rule.unit])


@given(rules(), events)
def test_a_length_of_zero_is_that_very_day(rule, event) -> None:
    assert due(rule.model_copy(update={"length": 0}), event) == event


@given(rules(), events, st.integers(0, 400))
def test_what_happened_later_is_not_destroyed_earlier(rule, event, days) -> None:
    assert due(rule, event) <= due(rule, event + timedelta(days=days))


@given(rules(), events)
def test_a_longer_term_never_ends_earlier(rule, event) -> None:
    longer = rule.model_copy(update={"length": rule.length + 1})

    assert due(rule, event) < due(longer, event)


@given(events, st.integers(1, 40))
def test_a_year_is_twelve_months(event, years) -> None:
    row = ROWS[0]
    in_years = row.model_copy(update={"unit": Unit.YEARS, "length": years})
    in_months = row.model_copy(update={"unit": Unit.MONTHS, "length": 12 * years})

    assert due(in_years, event) == due(in_months, event)
