"""Which reads an auditor looks at first, and why: explained, and deciding nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


class Sign(StrEnum):
    """What is unusual about a read."""

    EMERGENCY = "emergency"
    REFUSED = "refused"
    CONFLICT = "conflict"
    OFF_HOURS = "off_hours"
    VOLUME = "volume"


class Look(Value):
    """A read, or an attempt at one, as the trail has it; `at` is legal time.

    `items` is how many items it opened, or at least 1.
    """

    entry: UUID
    at: datetime
    officer: str
    function: str
    case: UUID | None
    items: int
    emergency: bool
    refused: bool

    @property
    def day(self) -> tuple[str, date]:
        """Whose day it is part of."""
        return self.officer, self.at.date()


class Unusual(Value):
    """A read with its signs, each explained in a sentence."""

    look: Look
    signs: Mapping[Sign, str]


def load_unusual_rule(file: Path = _FILE) -> UnusualRule:
    """Read the rule; a file that does not hold stops what asks for it.

    Raises:
        NotConfigured: the file is missing, or is not what it should be.
    """
    return load_rule(UnusualRule, file)


def unusual(
    looks: Sequence[Look],
    conflicts: Iterable[tuple[str, UUID | None]],
    rule: UnusualRule,
    calendar: Calendar,
) -> list[Unusual]:
    """Return the reads that have a sign, in the order given.

    Args:
        looks: all reads of a period, so that what is usual can be told.
        conflicts: officers and the cases that they were kept out of, or stepped out of.
        rule: from when on something is unusual.
        calendar: which days are working days.
    """
    kept_out, volume = set(conflicts), _volumes(looks, rule)
    found = []
    for look in looks:
        signs = {
            Sign.EMERGENCY: _emergency(look),
            Sign.REFUSED: "it was refused" if look.refused else "",
            Sign.CONFLICT: _conflict(look, kept_out),
            Sign.OFF_HOURS: _off_hours(look, rule, calendar),
            Sign.VOLUME: volume.get(look.day, ""),
        }
        if signs := {sign: why for sign, why in signs.items() if why}:
            found.append(Unusual(look=look, signs=signs))
    return found


def _emergency(look: Look) -> str:
    return "nobody had named the officer: the glass was broken" * look.emergency


def _conflict(look: Look, kept_out: set[tuple[str, UUID | None]]) -> str:
    concerned = look.case is not None and (look.officer, look.case) in kept_out
    return "the officer was kept out of this case, before or after" * concerned


def _off_hours(look: Look, rule: UnusualRule, calendar: Calendar) -> str:
    if closed := calendar.reason(look.at.date()):
        return f"it was a {closed.en}"
    first, last = rule.office_hours
    return "" if first <= look.at.hour < last else f"it was {look.at:%H:%M}"


def _volumes(looks: Sequence[Look], rule: UnusualRule) -> dict[tuple[str, date], str]:
    """Say of each large day of an officer how large it was, and what is usual."""
    read: Counter[tuple[str, date]] = Counter()
    function_of = {look.officer: look.function for look in looks}
    for look in looks:
        read[look.day] += look.items
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
