"""Laws that every counting keeps, whatever the clock and the day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.law.clocks import Clock, Expiry, Extension, FirstDay, RollOver, Unit
from models.law.rows import Label, Mark
from policies.calendars import calendar
from policies.clocks import Suspension, add_months, count, ends_at, reminder_days

BE = calendar("be-legal")
WORDS = Label(fr="x", nl="x", en="x")
DAY = timedelta(days=1)
IN_DAYS = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)
IN_MONTHS = (Unit.MONTHS, Unit.YEARS)

starts = st.dates(date(2020, 1, 1), date(2035, 12, 31))
lengths = st.integers(1, 90)
first_days = st.sampled_from(FirstDay)


@st.composite
def clocks(draw, units=IN_DAYS + IN_MONTHS, rolls=tuple(RollOver)):
    unit = draw(st.sampled_from(units))
    return Clock(
        code="term",
        label=WORDS,
        length=draw(lengths if unit in IN_DAYS else st.integers(1, 30)),
        unit=unit,
        first_day=draw(first_days),
        extension=Extension(length=draw(st.integers(1, 40)), times=2),
        rolls_over=draw(st.sampled_from(rolls)),
        reminders=(1, 5),
        if_missed=WORDS,
        effect=Expiry.WARNS,
        statutory=True,
        article="L24 1",
        mark=Mark.ANALYSIS,
    )


@st.composite
def pauses(draw):
    first = draw(starts)
    last = first + timedelta(days=draw(st.integers(0, 60)))
    return Suspension(first=first, last=last, reason=WORDS)


def days_of(counting):
    days = (counting.deadline - counting.first_day).days + 1
    return [counting.first_day + n * DAY for n in range(days)]


@given(clocks(), starts)
def test_starting_later_never_ends_earlier(clock, start):
    assert count(clock, start, BE).deadline <= count(clock, start + DAY, BE).deadline


@given(clocks(rolls=(RollOver.NEVER,)), starts, st.integers(0, 1))
def test_an_extension_makes_a_term_longer(clock, start, times):
    shorter = count(clock, start, BE, extended=times)
    longer = count(clock, start, BE, extended=times + 1)

    assert shorter.deadline < longer.deadline
    assert longer.counted - shorter.counted == clock.extension.length


@given(clocks(units=IN_DAYS, rolls=(RollOver.NEVER,)), starts)
def test_every_day_of_a_term_is_counted_or_named_as_skipped(clock, start):
    counting = count(clock, start, BE)
    skipped = [each.day for each in counting.skipped]

    assert skipped == sorted(set(skipped))
    assert set(skipped) <= set(days_of(counting))
    assert len(days_of(counting)) - len(skipped) == counting.counted == clock.length
    assert counting.deadline not in skipped


@given(clocks(units=(Unit.WORKING_DAYS,)), starts)
def test_only_working_days_are_counted_as_working_days(clock, start):
    counting = count(clock, start, BE)
    skipped = {each.day for each in counting.skipped}

    for day in days_of(counting):
        assert (BE.reason(day) is None) == (day not in skipped)


@given(clocks(), starts)
def test_a_term_that_rolls_over_ends_on_a_working_day(clock, start):
    if clock.rolls_over is RollOver.NEXT_WORKING_DAY:
        assert BE.reason(count(clock, start, BE).deadline) is None


@given(
    clocks(units=IN_DAYS, rolls=(RollOver.NEVER,)),
    starts,
    st.lists(pauses(), max_size=3),
)
def test_suspended_days_are_never_counted(clock, start, suspensions):
    counting = count(clock, start, BE, suspensions=suspensions)
    skipped = {each.day for each in counting.skipped}
    suspended = {
        day
        for day in days_of(counting)
        for pause in suspensions
        if pause.first <= day <= pause.last
    }

    assert suspended <= skipped
    assert counting.deadline >= count(clock, start, BE).deadline
    assert len(days_of(counting)) - len(skipped) == clock.length


@given(clocks(units=IN_DAYS), starts)
def test_reminders_fall_on_counted_days_in_order(clock, start):
    counting = count(clock, start, BE)
    days = reminder_days(clock, counting)
    skipped = {each.day for each in counting.skipped}

    assert list(days) == sorted(days)
    assert not set(days) & skipped
    assert len(days) == sum(number <= counting.counted for number in clock.reminders)


@given(clocks(units=IN_MONTHS, rolls=(RollOver.NEVER,)), starts)
def test_months_end_on_the_eve_of_the_same_day_or_with_a_short_month(clock, start):
    counting = count(clock, start, BE)
    after = counting.deadline + DAY

    assert after.day in (counting.first_day.day, 1)
    if after.day != counting.first_day.day:
        assert counting.deadline.day < counting.first_day.day


@given(starts, st.integers(0, 200))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day, months):
    later = add_months(day, months)
    elapsed = (later.year - day.year) * 12 + later.month - day.month

    assert elapsed == months
    assert later.day == day.day or (later + DAY).day == 1
    assert later.day <= day.day


@given(starts)
def test_a_term_ends_at_the_first_instant_of_the_next_day(day):
    end = ends_at(day)

    assert (end.date(), end.hour, end.minute) == (day + DAY, 0, 0)
    assert end.utcoffset() in (timedelta(hours=1), timedelta(hours=2))
