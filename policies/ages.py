"""The data-age filters: how old information may be, on the date the law tests."""

from __future__ import annotations

from datetime import date

from models.handling import Handling
from models.law.sources import AgeFilter, TestedDate


def tested_date(rule: AgeFilter, handling: Handling) -> date | None:
    """Return the date that a filter tests: collected or processed, never the fact's."""
    if rule.tested is TestedDate.COLLECTED:
        return handling.collected_on
    return handling.processed_on


def is_too_old(rule: AgeFilter, handling: Handling, back_from: date) -> bool:
    """Tell whether an item is older than a filter allows, looking back from a day.

    An item without the tested date is too old: what cannot be shown to be recent
    enough may not be processed (119quater §1 al.3, L24 21 §1 al.5).
    """
    tested = tested_date(rule, handling)
    return tested is None or tested < years_before(back_from, rule.years)


def years_before(day: date, years: int) -> date:
    """Return the same day some years earlier; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
