"""Calendars: which days are not working days, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Protocol

import holidays

from models.errors import NotFound
from models.law.clocks import Closure
from models.law.rows import Label

BE_LEGAL = "be-legal"
CALENDARS = frozenset({BE_LEGAL})
# By the number that `date.weekday` gives them.
_WEEKEND = {
    5: Label(fr="samedi", nl="zaterdag", en="Saturday"),
    6: Label(fr="dimanche", nl="zondag", en="Sunday"),
}
_FR, _NL, _EN = "fr", "nl", "en_US"


class Calendar(Protocol):
    """Tells which days are not working days."""

    def reason(self, day: date) -> Label | None:
        """Return why a day is not a working day, or None when it is one."""

    def working_days(self, after: date, until: date) -> int:
        """Return how many working days come after a day, up to and with a later one."""


class BelgianCalendar:
    """Every day but Saturdays, Sundays and the legal holidays (L24 2, 10°).

    The ten legal holidays come from the `holidays` package, with Easter and Whit
    Sunday, which are Sundays anyway. `closures` are further days, from a pack.
    """

    def __init__(self, closures: Iterable[Closure] = ()) -> None:
        self._closures = {closure.day: closure.label for closure in closures}

    def reason(self, day: date) -> Label | None:
        """Return why a day is not a working day, or None when it is one."""
        if closure := self._closures.get(day):
            return closure
        if holiday := _legal_holidays(day.year).get(day):
            return holiday
        return _WEEKEND.get(day.weekday())

    def working_days(self, after: date, until: date) -> int:
        """Return how many working days come after a day, up to and with a later one.

        Counted by weeks, as lists ask it of every row.
        """
        years = range(after.year, until.year + 1)
        free = {*self._closures, *(day for y in years for day in _legal_holidays(y))}
        on_weekdays = (d for d in free if after < d <= until and d.weekday() < 5)
        return _weekdays(until) - _weekdays(after) - sum(1 for _ in on_weekdays)


def calendar(name: str, closures: Iterable[Closure] = ()) -> Calendar:
    """Return a calendar by the name that packs use, with a pack's own closures.

    Raises:
        NotFound: there is no such calendar.
    """
    if name != BE_LEGAL:
        raise NotFound(f"there is no calendar `{name}`", help=f"use `{BE_LEGAL}`")
    return BelgianCalendar(closures)


def _weekdays(until: date) -> int:
    """Return how many weekdays there are up to a day, from the first of the year 1."""
    weeks, days = divmod(until.toordinal(), 7)
    return weeks * 5 + min(days, 5)


@cache
def _legal_holidays(year: int) -> dict[date, Label]:
    fr, nl, en = (
        holidays.country_holidays("BE", years=year, language=language)
        for language in (_FR, _NL, _EN)
    )
    return {day: Label(fr=fr[day], nl=nl[day], en=en[day]) for day in en}
