"""Days that somebody types: those that something in a case can have."""

from __future__ import annotations

from datetime import date

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""Far enough from the ends of the calendar that terms can be counted from them."""


def can_be(day: date) -> bool:
    """Tell whether anything that officers write about can have been on a day."""
    return FIRST <= day <= LAST
