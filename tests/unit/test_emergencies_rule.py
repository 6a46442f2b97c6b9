"""How long an emergency may last: data with a mark; without it nothing starts."""

from pathlib import Path

import pytest

from models.errors import NotConfigured
from policies.emergencies import load_emergency_rule


def test_the_rule_is_ours_and_says_so() -> None:
    rule = load_emergency_rule()

    assert 1 <= rule.longest_hours <= 24
    assert (rule.mark, bool(rule.note)) == ("A", True)
    assert rule.article.startswith("NLC ")


@pytest.mark.parametrize(
    "text",
    [
        "longest_hours: 0\narticle: NLC 1\nmark: A\n",
        "longest_hours: 100\narticle: NLC 1\nmark: A\n",
        "longest_hours: 8\nmark: A\n",
        "longest_hours: [\n",
        "",
    ],
)
def test_a_rule_that_does_not_hold_stops_the_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "emergencies.yaml"
    file.write_text(text)

    with pytest.raises(NotConfigured, match="does not hold"):
        load_emergency_rule(file)


def test_without_the_file_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured):
        load_emergency_rule(tmp_path / "nothing.yaml")
