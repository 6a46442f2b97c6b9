"""When data of a class must be destroyed."""

from __future__ import annotations

from datetime import date, timedelta

from models.errors import ClockError
from models.law.clocks import Unit
from models.law.records import Retention
from policies.clocks import MONTHS, add_months


def due(rule: Retention, event: date) -> date:
    """Return the day on which data must be destroyed, counted from an event.

    A length of zero is that very day. No retention term rolls over a weekend:
    keeping longer has no basis.

    Raises:
        ClockError: the rule counts in working days, which no retention does.
    """
    if rule.unit in MONTHS:
        return add_months(event, rule.length * MONTHS[rule.unit])
    if rule.unit is Unit.WORKING_DAYS:
        raise ClockError(f"`{rule.code}` is counted in working days")
    return event + timedelta(days=rule.length)
