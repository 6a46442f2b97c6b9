"""When somebody may be told what agencies received about them, by regime, as data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path

from models.handling import Regime
from models.law.rows import LawRow
from models.values import Value
from policies.rule_files import load_rule

_FILE = Path(__file__).with_name("delays.yaml")


class Until(StrEnum):
    """What a notice waits for, the longest last."""

    FINAL_DECISION = "final_decision"
    SUPERVISOR = "supervisor"
    """The agency says nothing; the supervisory authority answers."""

    JUDICIAL_LAW = "judicial_law"
    NEVER = "never"


class DelayRule(LawRow):
    """For one regime: what a notice waits for, in a word and in a sentence."""

    regime: Regime
    until: Until
    words: str


class DelayRules(Value):
    """The rules of all regimes."""

    rules: tuple[DelayRule, ...]


class Delay(Value):
    """Whether a person may be told of what was received, and under which article.

    `until` is empty where the trail does not say under which regime an item is.
    """

    until: Until | None
    lifted_on: date | None = None
    words: str
    article: str = ""
    note: str = ""


UNKNOWN = Delay(until=None, words="not told by the trail: ask the originator")


def load_delay_rules(file: Path = _FILE) -> DelayRules:
    """Read the rules.

    Raises:
        NotConfigured: the file is missing, or is not what it should be.
    """
    return load_rule(DelayRules, file)


def delay_of(
    rules: DelayRules, regimes: Iterable[Regime], decided_on: date | None
) -> Delay:
    """Return the longest delay among the regimes of what was received together.

    `decided_on` is the day of the final decision, if the trail tells of one.
    """
    wanted = set(regimes)
    found = [rule for rule in rules.rules if rule.regime in wanted]
    if not found or len(found) < len(wanted):
        return UNKNOWN
    rule = max(found, key=lambda each: list(Until).index(each.until))
    lifted = decided_on if rule.until is Until.FINAL_DECISION else None
    return Delay(
        until=rule.until,
        lifted_on=lifted,
        words=f"since {lifted}" if lifted else rule.words,
        article=rule.article,
        note=rule.note,
    )
