"""The data-age filters: how old information may be, on the date the law tests."""

from __future__ import annotations

from datetime import date

from models.errors import InvalidInput
from models.handling import Handling
from models.law.sources import AgeFilter, TestedDate
from policies.clocks import add_months


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
    return tested is None or tested < _earliest(rule, back_from)


def check_age(rule: AgeFilter, handling: Handling, back_from: date) -> None:
    """Refuse what a filter would keep from everybody once it is there.

    Raises:
        InvalidInput: names the day that is tested and what may stand there.
    """
    if is_too_old(rule, handling, back_from):
        field = f"{rule.tested}_on"
        day = tested_date(rule, handling) or "not known"
        raise InvalidInput(
            f"`{field.replace('_', '-')}` is {day}, which is too old: "
            "nobody could ever read it",
            help=f"leave out what is older than {_earliest(rule, back_from)}",
            field=field,
            article=rule.article,
        )


def _earliest(rule: AgeFilter, back_from: date) -> date:
    return add_months(back_from, -12 * rule.years)
