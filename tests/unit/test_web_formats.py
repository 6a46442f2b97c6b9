"""Days and numbers stand on pages as people write them."""

from datetime import UTC, date, datetime

import pytest

from models.numbers import parse_number
from policies.loading import load_packs
from policies.remaining import Remaining
from web.formats import by_kind, day, instant, left


@pytest.mark.parametrize(
    ("language", "on", "said"),
    [
        ("fr", date(2026, 5, 1), "vendredi 1er mai 2026"),
        ("fr", date(2026, 5, 2), "samedi 2 mai 2026"),
        ("fr", date(2026, 5, 11), "lundi 11 mai 2026"),
        ("fr", date(2026, 5, 21), "jeudi 21 mai 2026"),
        ("nl", date(2026, 5, 1), "vrijdag 1 mei 2026"),
        ("de", date(2026, 5, 1), "Freitag, 1. Mai 2026"),
    ],
)
def test_french_says_the_first_of_a_month(language: str, on: date, said: str) -> None:
    assert day(language, on, "full") == said
    assert said.endswith(day(language, on))


def test_the_first_of_a_month_has_its_word_before_a_time_too() -> None:
    at = datetime(2026, 7, 31, 23, 1, tzinfo=UTC)  # in Brussels the day after

    assert instant("fr", at) == "1er août 2026 01:01"
    assert instant("nl", at) == "1 aug 2026 01:01"


@pytest.mark.parametrize(
    "written", ["0308.357.159", "2.147.812.701", "85.07.30-033.28"]
)
def test_a_number_is_written_by_the_kind_that_its_digits_tell(written: str) -> None:
    assert by_kind(parse_number(written).digits) == written


@pytest.mark.parametrize(
    ("language", "days", "working", "said"),
    [
        ("en", -2, False, "over since 2 days"),
        ("en", -1, False, "over since 1 day"),
        ("en", 0, True, "last day today"),
        ("en", 1, True, "1 working day left"),
        ("en", 2, False, "2 days left"),
        ("fr", 2, True, "2 jours ouvrables restants"),
        ("nl", 1, True, "nog 1 werkdag"),
        ("nl", 2, True, "nog 2 werkdagen"),
    ],
)
def test_what_is_left_of_a_term_is_said_in_words(
    language: str, days: int, working: bool, said: str
) -> None:
    clock = load_packs().packs[0].clocks[0]

    assert left(language, Remaining(clock, days, working)) == said
