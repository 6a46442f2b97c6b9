"""When data of a class must be destroyed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from models.errors import ClockError
from models.law.clocks import Unit
from models.law.records import DataClass, Retention
from models.packs import Pack
from policies.clocks import MONTHS, add_months

_DAY = timedelta(days=1)
_LATER = date(3000, 1, 1)  # whenever it is asked, the longest term begins earliest


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


def latest_due(rule: Retention, today: date) -> date:
    """Return the last day of an event whose data are due today or earlier.

    Raises:
        ClockError: as `due`.
    """
    if rule.unit in MONTHS:
        day = add_months(today, -rule.length * MONTHS[rule.unit])
    else:
        day = today - timedelta(days=rule.length)
    while due(rule, day + _DAY) <= today:  # a short month stands in for a longer one
        day += _DAY
    return day


def log_rule(packs: Iterable[Pack]) -> Retention:
    """Return how long entries are kept that fall under these packs: the longest term.

    Raises:
        ClockError: none of them says how long its log is kept.
    """
    rules = [
        rule
        for pack in packs
        for rule in pack.retention
        if rule.data_class is DataClass.LOG
    ]
    if not rules:
        raise ClockError("no pack says how long the log is kept")
    return min(rules, key=lambda rule: latest_due(rule, _LATER))
