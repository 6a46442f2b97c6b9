"""Counting terms, with every day that is skipped and why."""

from __future__ import annotations

import calendar as months_of
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from models.clock import BRUSSELS
from models.errors import ClockError
from models.law.clocks import Clock, FirstDay, RollOver, Unit
from models.values import Value
from policies.calendars import Calendar

_DAY = timedelta(days=1)


class Skipped(Value):
    """A day that is not counted, and why."""

    day: date
    reason: str


class Counting(Value):
    """A counted term: first counted day, last day, how many, and what was skipped."""

    start: date
    first_day: date
    deadline: date
    counted: int
    skipped: tuple[Skipped, ...]


class Suspension(Value):
    """Days (both inclusive) on which a term does not run."""

    first: date
    last: date
    reason: str


def count(
    clock: Clock,
    start: date,
    calendar: Calendar,
    *,
    extended: int = 0,
    suspensions: Sequence[Suspension] = (),
) -> Counting:
    """Count a clock from the day of the act that started it.

    Raises:
        ClockError: the law gives this clock no length.
    """
    if clock.length is None:
        raise ClockError(f"the law gives `{clock.code}` no length")
    length = clock.length + extended * (
        clock.extension.length if clock.extension else 0
    )
    first = _first_day(clock.first_day, start, calendar)
    if clock.unit in (Unit.MONTHS, Unit.YEARS):
        counted = length
        last = (
            add_months(first, length * (12 if clock.unit is Unit.YEARS else 1)) - _DAY
        )
        skipped: list[Skipped] = []
    else:
        last, skipped = _walk(clock, first, length, calendar, suspensions)
        counted = length
    if clock.rolls_over is RollOver.NEXT_WORKING_DAY:
        while (reason := calendar.reason(last)) is not None:
            skipped.append(Skipped(day=last, reason=reason))
            last += _DAY
    return Counting(
        start=start,
        first_day=first,
        deadline=last,
        counted=counted,
        skipped=tuple(skipped),
    )


def reminder_days(clock: Clock, counting: Counting) -> tuple[date, ...]:
    """Return the counted days on which a clock reminds."""
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
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = months_of.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(day.day, last))


def _first_day(rule: FirstDay, start: date, calendar: Calendar) -> date:
    if rule is FirstDay.SAME_DAY:
        return start
    day = start + _DAY
    while rule is FirstDay.NEXT_WORKING_DAY and not calendar.is_working(day):
        day += _DAY
    return day


def _walk(
    clock: Clock,
    first: date,
    length: int,
    calendar: Calendar,
    suspensions: Sequence[Suspension],
) -> tuple[date, list[Skipped]]:
    skipped: list[Skipped] = []
    day, left = first, length
    while True:
        reason = _not_counted(clock, day, calendar, suspensions)
        if reason is None:
            left -= 1
        else:
            skipped.append(Skipped(day=day, reason=reason))
        if left <= 0:
            return day, skipped
        day += _DAY


def _not_counted(
    clock: Clock, day: date, calendar: Calendar, suspensions: Sequence[Suspension]
) -> str | None:
    for suspension in suspensions:
        if suspension.first <= day <= suspension.last:
            return suspension.reason
    return calendar.reason(day) if clock.unit is Unit.WORKING_DAYS else None
