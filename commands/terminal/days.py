"""How many days a term has left, in the unit the law counts it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.deadlines import DeadlineRecord
from models.law.clocks import Clock, Unit
from policies.calendars import Calendar
from policies.clocks import Counting


@dataclass(frozen=True)
class TimeLeft:
    """A running term as people speak of it; `left` is negative once it is over."""

    label: str
    left: int
    unit: str

    @property
    def words(self) -> str:
        """Return what is left as words."""
        if self.left < 0:
            return f"over since {-self.left} calendar days"
        return "last day today" if self.left == 0 else f"{self.left} {self.unit}"


def time_left(deadline: DeadlineRecord, clock: Clock, today: date) -> TimeLeft:
    """Return how a term stands today: days after today that still count."""
    left = days_left(deadline.due_on, today)
    if clock.unit is not Unit.WORKING_DAYS or left <= 0:
        return TimeLeft(clock.label.en, left, "calendar days")
    counting = Counting.model_validate(deadline.counting)
    skipped = {each.day for each in counting.skipped}
    ahead = (today + timedelta(days=n) for n in range(1, left + 1))
    counted = sum(day not in skipped and day >= counting.first_day for day in ahead)
    return TimeLeft(clock.label.en, counted, "working days")


def days_ahead(
    clock: Clock, calendar: Calendar, today: date, due_on: date
) -> tuple[int, str]:
    """Return the days after today to a last day that count for a term, and their unit.

    For a list, where the counting of each term is not at hand; no day of it before the
    first that counts is a working day.
    """
    left = days_left(due_on, today)
    if clock.unit is not Unit.WORKING_DAYS or left <= 0:
        return left, "calendar days"
    ahead = (today + timedelta(days=n) for n in range(1, left + 1))
    return sum(calendar.reason(day) is None for day in ahead), "working days"


def days_left(due_on: date, today: date) -> int:
    """Return the calendar days from today to the last day."""
    return (due_on - today).days
