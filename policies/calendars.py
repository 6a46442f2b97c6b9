"""Calendars: which days are not counted as working days, and why."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Protocol

import holidays

from models.errors import NotFound
from models.law.rows import Label

BE_LEGAL = "be-legal"
CALENDARS = frozenset({BE_LEGAL})
_SATURDAY, _SUNDAY = 5, 6
_EN, _FR, _NL = "en_US", "fr", "nl"


class Calendar(Protocol):
    """Tells why a day is not a working day."""

    @property
    def name(self) -> str:
        """Return the name that packs use."""

    def reason(self, day: date) -> Label | None:
        """Return why a day is not counted, or None for a working day."""


class BelgianCalendar:
    """Every day but Saturdays, Sundays and the legal holidays (L24 2, 10°).

    The ten legal holidays, Easter and Whit Sunday come from the `holidays` package;
    the last two fall on a Sunday anyway. What a decree adds is not in it.
    """

    name = BE_LEGAL

    def reason(self, day: date) -> Label | None:
        """Return why a day is not counted, or None for a working day."""
        if holiday := _belgian_holidays(day.year).get(day):
            return holiday
        if day.weekday() == _SATURDAY:
            return Label(fr="samedi", nl="zaterdag", en="Saturday")
        if day.weekday() == _SUNDAY:
            return Label(fr="dimanche", nl="zondag", en="Sunday")
        return None


def calendar(name: str) -> Calendar:
    """Return a calendar by the name that packs use.

    Raises:
        NotFound: there is no such calendar.
    """
    if name != BE_LEGAL:
        raise NotFound(f"there is no calendar `{name}`", help=f"use `{BE_LEGAL}`")
    return BelgianCalendar()


def next_working_day(day: date, days: Calendar) -> date:
    """Return the day itself if it is a working day, or else the first one after."""
    while days.reason(day) is not None:
        day += timedelta(days=1)
    return day


@cache
def _belgian_holidays(year: int) -> dict[date, Label]:
    named = {
        language: holidays.country_holidays("BE", years=year, language=language)
        for language in (_FR, _NL, _EN)
    }
    return {
        day: Label(fr=named[_FR][day], nl=named[_NL][day], en=named[_EN][day])
        for day in named[_EN]
    }
