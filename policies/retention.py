"""When data of a class must be destroyed."""

from __future__ import annotations

from datetime import date, timedelta

from models.law.clocks import Unit
from models.law.records import Retention
from policies.clocks import add_months

_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


def due(rule: Retention, event: date) -> date:
    """Return the day on which data must be destroyed, counted from an event."""
    if rule.unit in _MONTHS:
        return add_months(event, rule.length * _MONTHS[rule.unit])
    return event + timedelta(days=rule.length)
