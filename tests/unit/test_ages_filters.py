"""How old an item may be: on the date the law tests, never on the date of the fact."""

from datetime import date

import pytest

from models.errors import InvalidInput
from models.handling import Handling, Regime
from models.law import sources
from policies import ages  # a name with `test` in front would be taken for a test
from policies.ages import check_age, is_too_old
from tests.pieces.packs import PACKS

BE = PACKS.get("be-119ter", date(2024, 2, 17))
TODAY = date(2026, 3, 2)
LONG_AGO = date(1999, 1, 1)
COLLECTED = sources.TestedDate.COLLECTED
PROCESSED = sources.TestedDate.PROCESSED


def rule(tested: sources.TestedDate, years: int) -> sources.AgeFilter:
    (found, *_) = BE.age_filters
    return found.model_copy(update={"tested": tested, "years": years})


def handling(**dates: date) -> Handling:
    return Handling(basis="NLC 119ter §6", regime=Regime.GDPR, **dates)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "too_old"),
    [
        (date(2021, 3, 1), True),
        (date(2021, 3, 2), False),
        (TODAY, False),
    ],
)
def test_the_last_day_that_is_young_enough_still_counts(day, too_old) -> None:
    assert is_too_old(rule(COLLECTED, 5), handling(collected_on=day), TODAY) is too_old


def test_the_date_of_the_fact_is_never_tested() -> None:
    young = handling(fact_date=LONG_AGO, collected_on=TODAY, processed_on=TODAY)
    old = handling(fact_date=TODAY, collected_on=LONG_AGO, processed_on=LONG_AGO)

    for tested in sources.TestedDate:
        assert not is_too_old(rule(tested, 5), young, TODAY)
        assert is_too_old(rule(tested, 5), old, TODAY)


def test_each_filter_tests_its_own_date() -> None:
    given = handling(collected_on=LONG_AGO, processed_on=TODAY)

    assert ages.tested_date(rule(COLLECTED, 5), given) == LONG_AGO
    assert is_too_old(rule(COLLECTED, 5), given, TODAY)
    assert not is_too_old(rule(PROCESSED, 5), given, TODAY)


@pytest.mark.parametrize("tested", sources.TestedDate)
def test_what_cannot_be_shown_to_be_recent_is_too_old(tested) -> None:
    assert is_too_old(rule(tested, 100), handling(fact_date=TODAY), TODAY)


def test_the_filter_looks_back_from_the_day_it_is_told() -> None:
    given = handling(collected_on=date(2020, 6, 1))

    assert is_too_old(rule(COLLECTED, 5), given, TODAY)
    assert not is_too_old(rule(COLLECTED, 5), given, date(2025, 6, 1))


def test_from_a_leap_day_it_looks_back_to_the_end_of_february() -> None:
    five, leap = rule(COLLECTED, 5), date(2024, 2, 29)

    assert not is_too_old(five, handling(collected_on=date(2019, 2, 28)), leap)
    assert is_too_old(five, handling(collected_on=date(2019, 2, 27)), leap)


@pytest.mark.parametrize("found", BE.age_filters, ids=lambda found: found.code)
def test_the_filters_of_the_federal_law_look_back_some_years(found) -> None:
    assert 1 <= found.years <= 10
    first = TODAY.replace(year=TODAY.year - found.years)
    fits = handling(collected_on=first, processed_on=first)

    assert not is_too_old(found, fits, TODAY)
    assert is_too_old(found, fits, date(2026, 3, 3))


def test_what_nobody_could_read_is_refused_with_the_first_day_that_could_be() -> None:
    check_age(rule(COLLECTED, 5), handling(collected_on=date(2021, 3, 2)), TODAY)

    with pytest.raises(InvalidInput, match="2021-03-01.*too old") as refused:
        check_age(rule(COLLECTED, 5), handling(collected_on=date(2021, 3, 1)), TODAY)

    assert "2021-03-02" in refused.value.help
    assert refused.value.details["field"] == "collected_on"
    with pytest.raises(InvalidInput, match="`collected-on` is not known"):
        check_age(rule(COLLECTED, 5), handling(), TODAY)
