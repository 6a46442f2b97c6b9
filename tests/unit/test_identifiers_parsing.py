"""Numbers are checked digit by digit, and an error never repeats what was typed."""

from datetime import date

import pytest

from models.errors import InvalidInput
from models.identifiers import (
    may_be_born_on,
    parse_enterprise_number,
    parse_establishment_number,
    parse_national_number,
)

SYNTHETIC = "85.07.30-033.28"


@pytest.mark.parametrize(
    "text",
    ["0308.357.159", "0308357159", " 0308 357 159 ", "BE0308357159", "be 0308.357.159"],
)
def test_an_enterprise_number_is_read_however_it_is_written(text):
    assert parse_enterprise_number(text) == "0308357159"


def test_enterprise_numbers_may_begin_with_one_since_2023():
    assert parse_enterprise_number("1000.000.021") == "1000000021"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0308.357.158", "its check digits are wrong"),
        ("308.357.159", "it has 9 digits instead of 10"),
        ("2147.812.701", "it begins with 2 instead of 0 or 1"),
        ("0308.357.15x", "something other than digits"),
        ("٠٣٠٨٣٥٧١٥٩", "something other than digits"),
        ("", "something other than digits"),
    ],
)
def test_an_enterprise_number_that_does_not_hold_is_told_why(text, reason):
    with pytest.raises(InvalidInput, match=reason):
        parse_enterprise_number(text)


@pytest.mark.parametrize("text", ["2.147.812.701", "2.147.812.897", "2147812701"])
def test_establishment_numbers_are_read(text):
    assert parse_establishment_number(text) == text.replace(".", "")


def test_the_check_of_an_establishment_number_may_be_ninety_seven():
    # 21478128 is a multiple of 97 (an official sample), so the check is 97, not 00
    assert parse_establishment_number("2147812897") == "2147812897"
    with pytest.raises(InvalidInput, match="check digits"):
        parse_establishment_number("2147812800")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2.147.812.702", "its check digits are wrong"),
        ("0308357159", "it begins with 0 instead of 2 to 8"),
        ("9000000000", "it begins with 9 instead of 2 to 8"),
        ("2.147.812.70", "it has 9 digits instead of 10"),
    ],
)
def test_an_establishment_number_that_does_not_hold_is_told_why(text, reason):
    with pytest.raises(InvalidInput, match=reason):
        parse_establishment_number(text)


@pytest.mark.parametrize("text", [SYNTHETIC, "85073003328", "850730-033-28"])
def test_a_national_number_is_read_however_it_is_written(text):
    assert parse_national_number(text) == "85073003328"


def test_a_person_born_since_2000_is_checked_with_the_two_in_front():
    assert parse_national_number("000125-567-77") == "00012556777"


@pytest.mark.parametrize("nine", ["852730033", "854730033", "852000033", "854000033"])
def test_a_bis_number_has_a_raised_month_or_no_birthday_at_all(nine):
    digits = f"{nine}{97 - int(nine) % 97:02d}"

    assert parse_national_number(digits) == digits


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("85073003329", "its check digits are wrong"),
        ("8507300332", "it has 10 digits instead of 11"),
        ("8507300332a", "something other than digits"),
        ("85139903337", "date of birth is not possible"),
    ],
)
def test_a_national_number_that_does_not_hold_is_told_why(text, reason):
    with pytest.raises(InvalidInput, match=reason):
        parse_national_number(text)


@pytest.mark.parametrize(
    "parse",
    [
        parse_enterprise_number,
        parse_establishment_number,
        parse_national_number,
    ],
)
@pytest.mark.parametrize("text", ["85.07.30-033.29", "85073003329", "8507300332"])
def test_a_national_number_in_any_field_is_never_repeated(parse, text):
    with pytest.raises(InvalidInput) as caught:
        parse(text)

    shown = f"{caught.value.message} {caught.value.help} {caught.value.details}"
    assert text not in shown
    assert "073003" not in shown.replace(".", "").replace("-", "")


@pytest.mark.parametrize(
    ("number", "born", "possible"),
    [
        ("85073003328", date(1985, 7, 30), True),
        ("85073003328", date(1985, 7, 31), False),
        ("85073003328", date(1885, 7, 30), False),
        # the check digits tell 1904 from 2004
        ("04022903368", date(1904, 2, 29), True),
        ("04022903368", date(2004, 2, 29), False),
        ("04022903397", date(2004, 2, 29), True),
        ("04022903397", date(1904, 2, 29), False),
        # bis numbers: the month is raised by 20 or 40
        ("85273003371", date(1985, 7, 30), True),
        ("85473003317", date(1985, 7, 30), True),
        ("85473003317", date(1985, 8, 30), False),
        # the day, the month and day, or nothing at all was known
        ("85070003355", date(1985, 7, 12), True),
        ("85070003355", date(1985, 8, 12), False),
        ("85000003306", date(1985, 8, 12), True),
        ("85000003306", date(1986, 8, 12), False),
        ("00000103334", date(1955, 8, 12), True),
    ],
)
def test_a_national_number_may_belong_to_a_day_of_birth(number, born, possible):
    assert parse_national_number(number) == number
    assert may_be_born_on(number, born) is possible
