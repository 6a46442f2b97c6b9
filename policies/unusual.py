"""Which reads an auditor looks at first, and why: explained, and deciding nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from statistics import median_low
from uuid import UUID

from pydantic import Field

from models.law.rows import LawRow
from models.values import Value
from policies.calendars import Calendar
from policies.rule_files import load_rule

_FILE = Path(__file__).with_name("unusual.yaml")


class UnusualRule(LawRow):
    """From when on a read is called unusual; hours and numbers, as data."""

    office_hours: tuple[int, int]
    times_the_usual: int = Field(ge=2)
    at_least: int = Field(ge=1)
    task_days: int = Field(ge=1)


class Sign(StrEnum):
    """What is unusual about a read."""

    EMERGENCY = "emergency"
    REFUSED = "refused"
    CONFLICT = "conflict"
    """One's own case, as far as anybody said so: kept out of it, or stepped out."""

    NO_TASK = "no_task"
    OFF_HOURS = "off_hours"
    VOLUME = "volume"
    HONEY = "honey"


class Look(Value):
    """A read, or an attempt at one, as the trail has it; `at` is legal time.

    `items` is how many items it opened, or at least 1; `honey` whether one of them was
    a honey record.
    """

    entry: UUID
    at: datetime
    officer: str
    function: str
    case: UUID | None
    items: int
    emergency: bool
    refused: bool
    honey: bool = False

    @property
    def day(self) -> tuple[str, date]:
        """Whose day it is part of."""
        return self.officer, self.at.date()


@dataclass(frozen=True)
class Around:
    """What must be known beside a read to tell whether it is unusual.

    Attributes:
        kept_out: officers and the cases that they were kept out of, or stepped out of.
        tasks: the days on which an officer did something in a case, other than read.
        large: days of officers on which they read far more than is usual, and why so.
    """

    kept_out: Collection[tuple[str, UUID | None]]
    tasks: Mapping[tuple[str, UUID], Collection[date]]
    large: Mapping[tuple[str, date], str]


def load_unusual_rule(file: Path = _FILE) -> UnusualRule:
    """Read the rule; a file that does not hold stops what asks for it.

    Raises:
        NotConfigured: the file is missing, or is not what it should be.
    """
    return load_rule(UnusualRule, file)


def signs_of(
    look: Look, around: Around, rule: UnusualRule, calendar: Calendar
) -> dict[Sign, str]:
    """Return what is unusual about a read, each sign with its reason; none decides."""
    signs = {
        Sign.EMERGENCY: _emergency(look),
        Sign.REFUSED: "it was refused" if look.refused else "",
        Sign.CONFLICT: _conflict(look, around),
        Sign.NO_TASK: _no_task(look, around, rule),
        Sign.OFF_HOURS: _off_hours(look, rule, calendar),
        Sign.VOLUME: around.large.get(look.day, ""),
        Sign.HONEY: _honey(look),
    }
    return {sign: why for sign, why in signs.items() if why}


def large_days(looks: Iterable[Look], rule: UnusualRule) -> dict[tuple[str, date], str]:
    """Say of each large day of an officer how large it was, and what is usual.

    Args:
        looks: all reads of a period, so that what is usual can be told; they are
            counted one by one and not kept.
        rule: from when on a day is large.
    """
    read: Counter[tuple[str, date]] = Counter()
    function_of: dict[str, str] = {}
    for look in looks:
        read[look.day] += look.items
        function_of[look.officer] = look.function
    usual: dict[str, list[int]] = defaultdict(list)
    for (officer, _), count in read.items():
        usual[function_of[officer]].append(count)
    medians = {function: median_low(counts) for function, counts in usual.items()}
    return {
        (officer, day): f"{count} reads that day; usual for the function are {normal}"
        for (officer, day), count in read.items()
        if count >= rule.at_least
        and count > rule.times_the_usual * (normal := medians[function_of[officer]])
    }


def _emergency(look: Look) -> str:
    return "nobody had named the officer: the glass was broken" * look.emergency


def _honey(look: Look) -> str:
    return "it is a honey record: nobody has a task with it" * look.honey


def _conflict(look: Look, around: Around) -> str:
    concerned = look.case is not None and (look.officer, look.case) in around.kept_out
    return "the officer was kept out of this case, before or after" * concerned


def _no_task(look: Look, around: Around, rule: UnusualRule) -> str:
    """Look for an act of the officer in the case; of a read of several it is unsaid."""
    if look.case is None:
        return ""
    read, done = look.at.date(), around.tasks.get((look.officer, look.case), ())
    near = any(abs((read - day).days) <= rule.task_days for day in done)
    days = rule.task_days
    return (
        "" if near else f"the officer did nothing in this case for {days} days around"
    )


def _off_hours(look: Look, rule: UnusualRule, calendar: Calendar) -> str:
    if closed := calendar.reason(look.at.date()):
        return f"it was a {closed.en}"
    first, last = rule.office_hours
    return "" if first <= look.at.hour < last else f"it was {look.at:%H:%M}"
