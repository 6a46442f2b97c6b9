"""How many days a term has left, in the unit the law counts it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.deadlines import DeadlineRecord
from models.law.clocks import Clock, Unit
from policies.calendars import Calendar
from policies.clocks import counting_of


@dataclass(frozen=True)
class Remaining:
    """What is left of a running term; `days` is negative once it is over.

    `working` tells whether these are working days or days of the calendar.
    """

    clock: Clock
    days: int
    working: bool


def remaining(deadline: DeadlineRecord, clock: Clock, today: date) -> Remaining:
    """Return how a term stands today: days after today that still count."""
    left = days_left(deadline.due_on, today)
    if clock.unit is not Unit.WORKING_DAYS or left <= 0:
        return Remaining(clock, left, working=False)
    counting = counting_of(deadline)
    skipped = {each.day for each in counting.skipped}
    ahead = (today + timedelta(days=n) for n in range(1, left + 1))
    counted = sum(day not in skipped and day >= counting.first_day for day in ahead)
    return Remaining(clock, counted, working=True)


def remaining_until(
    due_on: date, clock: Clock, calendar: Calendar, today: date
) -> Remaining:
    """Return the days after today to a last day that count for a term.

    For a list, where the counting of each term is not at hand; no day of it before the
    first that counts is a working day.
    """
    left = days_left(due_on, today)
    if clock.unit is not Unit.WORKING_DAYS or left <= 0:
        return Remaining(clock, left, working=False)
    return Remaining(clock, calendar.working_days(today, due_on), working=True)


def days_left(due_on: date, today: date) -> int:
    """Return the calendar days from today to the last day."""
    return (due_on - today).days
