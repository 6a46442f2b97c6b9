"""When data must be destroyed."""

from datetime import date

import pytest

from models.errors import ClockError
from models.law.clocks import Unit
from policies.retention import due
from tests.pieces.packs import PACKS

BE = PACKS.get("be-119ter", date(2024, 2, 17))
VLG = PACKS.get("be-vlg", date(2026, 1, 1))


def rule(pack, code):
    return next(row for row in pack.retention if row.code == code)


@pytest.mark.parametrize(
    ("pack", "code", "event", "last"),
    [
        (BE, "ret.under.0", date(2026, 6, 26), date(2026, 6, 26)),
        (BE, "ret.under.1", date(2026, 6, 26), date(2026, 6, 26)),
        (BE, "ret.file", date(2026, 6, 26), date(2031, 6, 26)),
        (BE, "ret.reg", date(2028, 2, 29), date(2033, 2, 28)),
        (BE, "ret.dos", date(2026, 6, 26), date(2027, 6, 26)),
        (BE, "ret.adv", date(2026, 6, 26), date(2029, 6, 26)),
        (BE, "ret.log", date(2026, 6, 26), date(2036, 6, 26)),
        (VLG, "vl.ret.dos", date(2026, 6, 26), date(2032, 6, 26)),
        (VLG, "vl.ret.log", date(2026, 6, 26), date(2029, 6, 26)),
    ],
)
def test_data_are_destroyed_on_the_day_the_law_says(pack, code, event, last):
    assert due(rule(pack, code), event) == last


def test_days_and_months_are_counted_as_such():
    kept = rule(BE, "ret.file")
    days = kept.model_copy(update={"length": 30, "unit": Unit.CALENDAR_DAYS})
    months = kept.model_copy(update={"length": 1, "unit": Unit.MONTHS})

    assert due(days, date(2026, 1, 31)) == date(2026, 3, 2)
    assert due(months, date(2026, 1, 31)) == date(2026, 2, 28)


def test_no_retention_is_counted_in_working_days():
    odd = rule(BE, "ret.file").model_copy(update={"unit": Unit.WORKING_DAYS})

    with pytest.raises(ClockError, match="working days"):
        due(odd, date(2026, 1, 31))
