"""Which days the conditions of an item may name on the day it is given."""

from __future__ import annotations

from datetime import date

from models.errors import InvalidInput
from models.handling import Handling

_BEHIND_US = ("fact_date", "collected_on", "processed_on")


def check_days(handling: Handling, today: date) -> None:
    """Refuse what lies after today, a wrong order, and what nobody may read.

    Raises:
        InvalidInput: names the day and what may stand there.
    """
    for field in _BEHIND_US:
        day: date | None = getattr(handling, field)
        if day is not None and day > today:
            raise InvalidInput(
                f"`{_named(field)}` is {day}, which is in the future",
                help=f"give {today} or an earlier day",
                field=field,
            )
    collected, processed = handling.collected_on, handling.processed_on
    if collected is not None and processed is not None and processed < collected:
        raise InvalidInput(
            f"`{_named('processed_on')}` is {processed}, which is before it was"
            " collected",
            help=f"give {collected} or a later day, or an earlier one of collection",
            field="processed_on",
        )
    if handling.expires_on is not None and handling.expires_on < today:
        raise InvalidInput(
            f"`{_named('expires_on')}` is {handling.expires_on}, which is past: "
            "nobody could ever read it",
            help=f"give {today} or a later day, or leave it out",
            field="expires_on",
        )


def _named(field: str) -> str:
    return field.replace("_", "-")
