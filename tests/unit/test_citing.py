"""What a decision may cite: each reason against it is told, and the gravest first."""

import pytest

from policies.citing import Citable, Uncitable

GOOD = Citable(known=True, sourced=True, disclosable=True)


def test_what_came_through_the_list_and_may_be_disclosed_may_be_cited() -> None:
    assert GOOD.why_not is None


@pytest.mark.parametrize(
    ("flaw", "reason"),
    [
        ({"known": False}, Uncitable.UNKNOWN),
        ({"withdrawn": True}, Uncitable.WITHDRAWN),
        ({"sourced": False}, Uncitable.UNSOURCED),
        ({"judicial_hold": True}, Uncitable.JUDICIAL_HOLD),
        ({"disclosable": False}, Uncitable.UNDISCLOSABLE),
        ({"too_old": True}, Uncitable.TOO_OLD),
        ({"unchecked": True}, Uncitable.UNCHECKED),
    ],
)
def test_one_flaw_is_enough(flaw: dict[str, bool], reason: Uncitable) -> None:
    assert GOOD.model_copy(update=flaw).why_not is reason


def test_of_what_is_not_in_the_file_nothing_else_is_said() -> None:
    assert Citable(known=False, withdrawn=True).why_not is Uncitable.UNKNOWN
