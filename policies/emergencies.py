"""How long somebody who was not named may read in an emergency, as data."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from models.errors import InvalidInput, NotConfigured
from models.law.rows import LawRow

_FILE = Path(__file__).with_name("emergencies.yaml")


class EmergencyRule(LawRow):
    """The longest time that broken glass stays open, with its article and mark."""

    longest_hours: int = Field(ge=1, le=72)


def load_emergency_rule(file: Path = _FILE) -> EmergencyRule:
    """Read the rule; a file that does not hold stops the start.

    Raises:
        NotConfigured: the file is missing, or is not what it should be.
    """
    try:
        return EmergencyRule.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise NotConfigured(
            f"policy file `{file.name}` does not hold",
            help="correct the file; nothing is opened under a rule that does not hold",
            file=file.name,
        ) from error


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
