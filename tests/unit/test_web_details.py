"""The detail of an entry is said in words; a code stands only where there are none."""

import pytest

from models.events import EventKind
from models.law.records import DataClass
from tests.unit.test_web_refusals import NAMING
from web.details import detail_in


@pytest.mark.parametrize("data", DataClass)
def test_what_keys_were_destroyed_of_is_said(data: DataClass) -> None:
    said = detail_in(NAMING, EventKind.KEYS_DESTROYED, data)

    assert said and said != data


def test_what_was_erased_is_said_by_the_rule_that_ended_it() -> None:
    said = detail_in(NAMING, EventKind.ITEMS_ERASED, "ret.under.1 underlying")

    assert said == "données sous-jacentes, après mesure"
