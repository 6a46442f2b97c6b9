"""An item in the place of another keeps its conditions, or has stricter ones."""

from datetime import date

import pytest

from models.handling import Handling, HandlingCode, Nature, Regime, Tlp
from policies.conditions import loosened

DAY = date(2026, 3, 2)
GIVEN = Handling(
    basis="LVP 29 §3",
    regime=Regime.POLICE,
    code=HandlingCode.H2,
    tlp=Tlp.AMBER,
    judicial_hold=True,
    disclosable=False,
    collected_on=DAY,
    expires_on=DAY,
)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"code": HandlingCode.H3},
        {"tlp": Tlp.RED},
        {"expires_on": date(2026, 3, 1)},
        {"basis": "L24 21 §1"},
    ],
    ids=str,
)
def test_the_same_or_stricter_conditions_drop_nothing(change) -> None:
    assert loosened(GIVEN, GIVEN.model_copy(update=change)) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"code": HandlingCode.H1},
        {"tlp": Tlp.NONE},
        {"expires_on": date(2026, 3, 3)},
        {"expires_on": None},
        {"judicial_hold": False},
        {"disclosable": True},
        {"collected_on": date(2026, 3, 3)},
        {"regime": Regime.GDPR},
        {"nature": Nature.ASSESSMENT},
        {"validated": True},
        {"purpose": "other"},
    ],
    ids=str,
)
def test_what_would_be_looser_is_named(change) -> None:
    assert loosened(GIVEN, GIVEN.model_copy(update=change)) == tuple(change)


def test_all_that_is_looser_is_named_in_order() -> None:
    free = GIVEN.model_copy(update={"tlp": Tlp.CLEAR, "code": HandlingCode.H0})

    assert loosened(GIVEN, free) == ("code", "tlp")


def test_an_item_without_a_last_day_may_get_one() -> None:
    endless = GIVEN.model_copy(update={"expires_on": None})

    assert loosened(endless, GIVEN) == ()
