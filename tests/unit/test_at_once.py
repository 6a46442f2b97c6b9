"""Questions that are asked together have a name each."""

import pytest
from sqlalchemy import Connection

from storage.at_once import ask
from storage.people.directory import KINDS


def test_two_questions_of_one_name_are_refused_and_nothing_is_asked() -> None:
    nobody: Connection = None  # type: ignore[assignment]

    with pytest.raises(ValueError, match="one name"):
        ask(nobody, (("kinds", KINDS), ("kinds", KINDS)), {})
