"""The terms around a finding, as data: for its answer, and for keeping its texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import PositiveInt

from models.errors import InvalidInput
from models.law.clocks import Clock, Unit
from models.law.rows import LabelledRow
from models.values import Value
from policies.calendars import BE_LEGAL, calendar
from policies.clocks import MONTHS, add_months, count
from policies.rule_files import load_rule

_FILE = Path(__file__).with_name("findings.yaml")


class Keeping(LabelledRow):
    """How long papers are kept, in months or years."""

    length: PositiveInt
    unit: Unit

    def until(self, day: date) -> date:
        """Return the last day on which what is kept from a day on is kept."""
        return add_months(day, self.length * MONTHS[self.unit])


class FindingRule(Value):
    """When an answer is due, and how long texts are kept after the closing."""

    answer: Clock
    kept: Keeping


def load_finding_rule(file: Path = _FILE) -> FindingRule:
    """Read the rule.

    Raises:
        NotConfigured: the file is missing, or is not what it should be.
    """
    return load_rule(FindingRule, file)


def answer_due(rule: FindingRule, today: date, chosen: date | None) -> date:
    """Return the last day for an answer: the one an auditor chose, or by the rule.

    Raises:
        InvalidInput: the day chosen is not after today.
    """
    if chosen is None:
        return count(rule.answer, today, calendar(BE_LEGAL)).deadline
    if chosen <= today:
        raise InvalidInput(
            f"an answer cannot be due on `{chosen}`: that is not after today",
            help="give a later day, or leave it to the rule",
        )
    return chosen
