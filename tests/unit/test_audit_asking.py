"""What is suggested to an auditor in the place of a word that nothing is called."""

from uuid import UUID

import pytest

from acts.audit.asking import KINDS, nearest
from commands.terminal.options import read_place
from models.errors import InvalidInput

OFFICERS = ["pz-midi/analyst", "pz-midi/second", "deipp/analyst", "onss/analyst"]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("pz-midi/analist", ["pz-midi/analyst"]),
        ("pz-mid", ["pz-midi/analyst", "pz-midi/second"]),
        ("analyst", ["deipp/analyst", "onss/analyst", "pz-midi/analyst"]),
        ("somebody", []),
    ],
)
def test_officers_are_found_by_what_is_like_them_or_a_part_of_them(
    given: str, meant: list[str]
) -> None:
    assert nearest(given, OFFICERS) == meant


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("item.relased", "item.released"),
        ("ask", "handoff.ask"),
        ("close", "case.close"),
    ],
)
def test_kinds_are_found_in_the_same_way(given: str, meant: str) -> None:
    assert meant in nearest(given, KINDS)


def test_no_more_than_three_are_named() -> None:
    assert len(nearest("item", KINDS)) == 3


def test_the_place_in_a_list_is_a_whole_id() -> None:
    whole = "41ab9e03-7447-43f5-8fa1-b382cac1b723"
    assert read_place(whole) == UUID(whole)
    with pytest.raises(InvalidInput) as wrong:
        read_place("41ab9e03")
    assert "--after" in wrong.value.help
