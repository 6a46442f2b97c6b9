"""How long somebody who was not named may read in an emergency, as data."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from models.errors import InvalidInput
from models.law.rows import LawRow
from policies.rule_files import load_rule

_FILE = Path(__file__).with_name("emergencies.yaml")


class EmergencyRule(LawRow):
    """The longest time that broken glass stays open, with its article and mark."""

    longest_hours: int = Field(ge=1, le=72)


def load_emergency_rule(file: Path = _FILE) -> EmergencyRule:
    """Read the rule; a file that does not hold stops the start.

    Raises:
        NotConfigured: the file is missing, or is not what it should be.
    """
    return load_rule(EmergencyRule, file)


def check_hours(rule: EmergencyRule, hours: int) -> None:
    """Refuse an emergency that would stay open longer than the rule allows.

    Raises:
        InvalidInput: names how long it may.
    """
    if hours > rule.longest_hours:
        raise InvalidInput(
            f"`{hours}` hours are too long for an emergency",
            help=f"at most {rule.longest_hours}; then somebody must be designated",
            article=rule.article,
        )
