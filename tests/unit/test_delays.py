"""When somebody may be told of what was received: the strictest regime decides."""

from datetime import date

import pytest

from models.handling import Regime
from policies.delays import UNKNOWN, DelayRules, Until, delay_of, load_delay_rules

RULES = load_delay_rules()
DECIDED = date(2026, 5, 4)


def test_each_regime_has_one_rule_with_an_article() -> None:
    assert sorted(rule.regime for rule in RULES.rules) == sorted(Regime)
    assert all(rule.article for rule in RULES.rules)


@pytest.mark.parametrize(
    ("regimes", "until"),
    [
        ({Regime.GDPR}, Until.FINAL_DECISION),
        ({Regime.GDPR, Regime.POLICE}, Until.SUPERVISOR),
        ({Regime.POLICE, Regime.JUDICIAL}, Until.JUDICIAL_LAW),
        (set(Regime), Until.NEVER),
    ],
)
def test_what_came_together_waits_for_the_longest(regimes, until) -> None:
    assert delay_of(RULES, regimes, None).until == until


def test_a_final_decision_lifts_the_limit_of_one_regime_alone() -> None:
    open_file, police = {Regime.GDPR}, {Regime.GDPR, Regime.POLICE}

    assert delay_of(RULES, open_file, None).lifted_on is None
    assert delay_of(RULES, open_file, DECIDED).lifted_on == DECIDED
    assert delay_of(RULES, police, DECIDED).lifted_on is None


def test_a_regime_that_is_not_known_is_not_guessed() -> None:
    only = DelayRules(rules=RULES.rules[:1])

    assert delay_of(RULES, set(), DECIDED) == UNKNOWN
    assert delay_of(only, {Regime.GDPR, Regime.POLICE}, DECIDED) == UNKNOWN
