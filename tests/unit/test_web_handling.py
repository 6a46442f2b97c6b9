"""What a form proposes of how an item is handled, and what it leaves to be chosen."""

from web.forms import handling
from web.forms.fields import MISSING, Field, Filled, faults_of


def regime_in(fields: tuple[Field, ...]) -> Field:
    (found,) = [each for each in fields if each.name == "regime"]
    return found


def test_under_which_data_protection_somebody_else_answers_is_not_proposed() -> None:
    """No row of a pack says it, and the police is under another than a municipality."""
    regime = regime_in(handling.FIELDS)

    assert regime.given == "" and "data-protection officer" in regime.help
    assert faults_of([regime], Filled()) == {"regime": MISSING}
    assert faults_of([regime], Filled({"regime": ["police"]})) == {}


def test_for_an_inquiry_of_a_municipality_the_general_one_is_proposed() -> None:
    assert regime_in(handling.OF_AN_INQUIRY).given == "gdpr"
    assert [each.name for each in handling.OF_AN_INQUIRY] == [
        each.name for each in handling.FIELDS
    ]
