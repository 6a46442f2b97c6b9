"""What happened lies behind us, and what expires can still be read."""

from datetime import date, timedelta

import pytest

from models.errors import InvalidInput
from models.handling import Handling, Regime
from policies.handling import check_days

TODAY = date(2026, 3, 2)
TOMORROW, YESTERDAY = TODAY + timedelta(1), TODAY - timedelta(1)


def handling(**said: date) -> Handling:
    return Handling(basis="NLC 119ter §6", regime=Regime.GDPR, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["fact_date", "collected_on", "processed_on"])
def test_nothing_happened_in_the_future(field: str) -> None:
    check_days(handling(**{field: TODAY}), TODAY)

    with pytest.raises(InvalidInput, match=f"`{field.replace('_', '-')}`") as refused:
        check_days(handling(**{field: TOMORROW}), TODAY)

    assert "in the future" in refused.value.message
    assert str(TODAY) in refused.value.help


def test_nothing_is_processed_before_it_is_collected() -> None:
    check_days(handling(collected_on=TODAY, processed_on=TODAY), TODAY)
    check_days(handling(processed_on=YESTERDAY), TODAY)

    turned = handling(collected_on=TODAY, processed_on=YESTERDAY)
    with pytest.raises(InvalidInput, match="`processed-on` is 2026-03-01") as refused:
        check_days(turned, TODAY)

    assert refused.value.details["field"] == "processed_on"
    assert str(TODAY) in refused.value.help


def test_what_expires_can_be_read_today_at_least() -> None:
    check_days(handling(expires_on=TODAY), TODAY)

    with pytest.raises(InvalidInput, match="`expires-on` is 2026-03-01, .* past"):
        check_days(handling(expires_on=YESTERDAY), TODAY)


def test_who_names_no_day_is_not_asked_for_one() -> None:
    check_days(handling(), TODAY)
