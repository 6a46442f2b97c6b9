"""Counting terms: the last day, with every day that is not counted and why.

A counting is stored as it was made. It can be printed in a letter and checked by hand,
and a later change of the calendar does not alter it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import orjson

from models.clock import BRUSSELS
from models.deadlines import DeadlineRecord
from models.errors import ClockError, ExtensionExhausted
from models.law.clocks import Clock, FirstDay, RollOver, Unit
from models.law.rows import Label
from models.values import Value
from policies.calendars import Calendar

_DAY = timedelta(days=1)
MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}
"""How many months each unit has that is counted in months."""


class Skipped(Value):
    """A day that is not counted, and why."""

    day: date
    reason: Label


class Suspension(Value):
    """Days on which a term does not run; `last` is empty while it still lasts.

    The inquiry of `be-vlg` is suspended while DIOB works (VLG 4 §1 al.2). That route is
    not in force, so it is counted here and no act suspends a term yet.
    """

    first: date
    last: date | None
    reason: Label


class Counting(Value):
    """A counted term.

    Attributes:
        start: the day of the act that set the term running.
        first_day: the first day that may be counted.
        deadline: the last day; the term ends at the midnight after it.
        counted: how many units were counted, extensions included.
        skipped: the days up to `deadline` that were not counted, in order.
    """

    start: date
    first_day: date
    deadline: date
    counted: int
    skipped: tuple[Skipped, ...]


def counting_of(deadline: DeadlineRecord) -> Counting:
    """Return how a term was counted, as it was kept with it."""
    return _counting(orjson.dumps(deadline.counting))


@lru_cache(maxsize=512)
def _counting(kept: bytes) -> Counting:
    """Return a counting: some hundred days, the same whenever it is looked at."""
    return Counting.model_validate_json(kept)


def count(
    clock: Clock,
    start: date,
    calendar: Calendar,
    *,
    extended: int = 0,
    suspensions: Sequence[Suspension] = (),
) -> Counting:
    """Count a clock from the day of the act that started it.

    Args:
        clock: length, unit and first day, from the pack.
        start: the day of the act; whether it counts is a rule of the clock.
        calendar: working days and the reasons why others are none.
        extended: how often the term was extended.
        suspensions: days on which the term does not run.

    Raises:
        ClockError: the clock has no length, is suspended without end, or is counted
            in months and suspended, for which there is no rule.
        ExtensionExhausted: more extensions than the clock has.
    """
    length = _length(clock, extended)
    first = _first_day(clock.first_day, start, calendar)
    skipped: list[Skipped] = []
    if clock.unit in MONTHS:
        if suspensions:
            raise ClockError(f"`{clock.code}` is counted in months: not suspendable")
        last = _eve_of_same_day(first, length * MONTHS[clock.unit])
    else:
        last, skipped = _walk(clock, first, length, _Days(calendar, suspensions))
    if clock.rolls_over is RollOver.NEXT_WORKING_DAY:
        while (reason := calendar.reason(last)) is not None:
            skipped.append(Skipped(day=last, reason=reason))
            last += _DAY
    return Counting(
        start=start,
        first_day=first,
        deadline=last,
        counted=length,
        skipped=tuple(skipped),
    )


def reminder_days(clock: Clock, counting: Counting) -> tuple[date, ...]:
    """Return the days on which a clock reminds: its counted days by number."""
    skipped = {each.day for each in counting.skipped}
    day, number, days = counting.first_day, 0, []
    while day <= counting.deadline:
        if day not in skipped:
            number += 1
            if number in clock.reminders:
                days.append(day)
        day += _DAY
    return tuple(days)


def ends_at(deadline: date) -> datetime:
    """Return the instant a term ends: midnight, Brussels, after its last day."""
    return datetime.combine(deadline + _DAY, time(), tzinfo=BRUSSELS)


def add_months(day: date, months: int) -> date:
    """Return the day some months later; the end of a short month stands in."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, longest))


class _Days:
    """Why a day does not count for a term: it is suspended, or no working day."""

    def __init__(self, calendar: Calendar, suspensions: Sequence[Suspension]) -> None:
        self.calendar = calendar
        self.suspensions = suspensions

    def reason(self, day: date, unit: Unit) -> Label | None:
        for each in self.suspensions:
            if each.first <= day and (each.last is None or day <= each.last):
                return each.reason
        return self.calendar.reason(day) if unit is Unit.WORKING_DAYS else None

    def never_runs_again(self, day: date) -> bool:
        return any(each.last is None and each.first <= day for each in self.suspensions)


def _length(clock: Clock, extended: int) -> int:
    if clock.length is None:
        raise ClockError(
            f"`{clock.code}` has no length: it cannot be counted", article=clock.article
        )
    times = clock.extension.times if clock.extension else 0
    if extended > times:
        raise ExtensionExhausted(
            f"`{clock.code}` can be extended {times} times, not {extended}",
            article=clock.article,
        )
    return clock.length + extended * (clock.extension.length if clock.extension else 0)


def _first_day(rule: FirstDay, start: date, calendar: Calendar) -> date:
    if rule is FirstDay.SAME_DAY:
        return start
    day = start + _DAY
    while rule is FirstDay.NEXT_WORKING_DAY and calendar.reason(day) is not None:
        day += _DAY
    return day


def _eve_of_same_day(first: date, months: int) -> date:
    # From a day of the month to the eve of that same day; a month that has no such
    # day ends the term with its own last day (31 August + 6 months: 28 February).
    same = add_months(first, months)
    return same - _DAY if same.day == first.day else same


def _walk(
    clock: Clock, first: date, length: int, days: _Days
) -> tuple[date, list[Skipped]]:
    skipped: list[Skipped] = []
    day, left = first, length
    while True:
        if days.never_runs_again(day):
            raise ClockError(f"`{clock.code}` is suspended: its end is not known yet")
        reason = days.reason(day, clock.unit)
        if reason is not None:
            skipped.append(Skipped(day=day, reason=reason))
        else:
            left -= 1
        if left == 0:
            return day, skipped
        day += _DAY
