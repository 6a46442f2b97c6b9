"""A form has room for as many parts as there are, one more or less at a time."""

import pytest

from web.forms.fields import Field, Filled, GivenFile
from web.forms.parts import LESS, MORE, ROOM, in_parts, part_of, room

MOST = 20
FIELDS = (Field("words", "Words"), Field("grade", "Grade"))


@pytest.mark.parametrize(
    ("said", "parts"), [("", 1), ("2", 2), ("x", 1), ("0", 1), ("999", 1), ("99", MOST)]
)
def test_there_is_room_for_as_many_as_the_page_said(said: str, parts: int) -> None:
    assert room(Filled({ROOM: [said]}), MOST) == parts


@pytest.mark.parametrize("said", ["", "1", "999"])
def test_what_was_filled_in_has_room_whatever_the_page_said(said: str) -> None:
    filled = {ROOM: [said], "words": ["A"], "words-2": [" "], "words-3": ["C"]}

    assert room(Filled(filled), MOST) == 3
    assert room(Filled(filled | {LESS: ["yes"]}), MOST) == 2
    assert room(Filled({}, {"document-4": GivenFile("d.txt", b"d")}), MOST) == 4


def test_one_more_is_made_room_for_until_there_are_too_many() -> None:
    assert room(Filled({ROOM: ["2"], MORE: ["yes"]}), MOST) == 3
    assert room(Filled({ROOM: [str(MOST)], MORE: ["yes"]}), MOST) == MOST


def test_one_less_leaves_the_first() -> None:
    assert room(Filled({ROOM: ["2"], LESS: ["yes"]}), MOST) == 1
    assert room(Filled({ROOM: ["1"], LESS: ["yes"]}), MOST) == 1


def test_a_sole_part_stands_by_itself() -> None:
    assert tuple(in_parts(FIELDS, 1)) == FIELDS


def test_each_part_has_all_fields_under_names_of_its_own() -> None:
    names = [each.name for each in in_parts(FIELDS, 2)]

    assert names == ["words", "grade", "words-2", "grade-2"]


def test_what_was_filled_in_for_a_part_is_found_under_the_names_of_a_sole_one() -> None:
    document = GivenFile("b.txt", b"b")
    filled = Filled(
        {"words": ["A"], "grade": ["X4"], "words-2": ["B"]}, {"document-2": document}
    )

    assert part_of(filled, 1).text("words") == "A"
    assert part_of(filled, 1).file("document") is None
    assert part_of(filled, 2) == Filled({"words": ["B"]}, {"document": document})
