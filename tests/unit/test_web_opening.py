"""The opening has room for as many persons as there are, one more at a time."""

import pytest

from web.forms.fields import Filled
from web.forms.opening import MORE, MOST, PERSONS, room


@pytest.mark.parametrize(
    ("said", "persons"), [("", 1), ("2", 2), ("x", 1), ("0", 1), ("999", 1)]
)
def test_there_is_room_for_as_many_as_the_page_said(said: str, persons: int) -> None:
    assert room(Filled({PERSONS: [said]})) == persons


def test_one_more_is_made_room_for_until_there_are_too_many() -> None:
    assert room(Filled({PERSONS: ["2"], MORE: ["yes"]})) == 3
    assert room(Filled({PERSONS: [str(MOST)], MORE: ["yes"]})) == MOST
