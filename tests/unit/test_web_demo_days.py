"""Letting days pass on pages: what may be typed, and where there is no such page."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from starlette.routing import NoMatchFound

from models.errors import InvalidInput
from web.app import build_app
from web.installation import Installation
from web.pages.demo_days import ahead, once_passed

TODAY = date(2026, 3, 2)
DESK: Any = object()  # it is handed on, not asked
REAL = Installation(
    desk=DESK,
    address="https://estafette.example",
    secret="s" * 32,
    public_keys=str,
)


async def let_days_pass(ahead: int | date) -> date:
    return TODAY


def test_where_time_is_real_no_page_moves_it() -> None:
    movable = build_app(replace(REAL, let_days_pass=let_days_pass))

    assert movable.url_path_for("pass_days") == "/days"
    with pytest.raises(NoMatchFound):
        build_app(REAL).url_path_for("pass_days")


@pytest.mark.parametrize(
    ("days", "until", "there"),
    [
        *(("16", "", 16), (" 1 ", "", 1), ("-3", "", -3)),
        ("", "2026-03-18", date(2026, 3, 18)),
    ],
)
def test_days_are_so_many_or_go_on_until_one(
    days: str, until: str, there: int | date
) -> None:
    assert ahead(days, until, TODAY) == there


@pytest.mark.parametrize(
    ("onward", "then"),
    [
        ("/", "/?passed=yes"),
        ("/search?x=1", "/search?x=1&passed=yes"),
        ("/search?x=1#y", "/search?x=1&passed=yes#y"),
    ],
)
def test_the_page_gone_on_to_keeps_what_was_asked_of_it(onward: str, then: str) -> None:
    assert once_passed(onward) == then


@pytest.mark.parametrize(
    ("days", "until"),
    [
        *(("", ""), ("ten", ""), ("1.5", ""), ("--2", ""), ("9" * 10, "")),
        *(("", "18/03/2026"), ("", "2026-03-02"), ("", "2026-02-28")),
    ],
)
def test_what_is_no_number_and_no_later_day_is_refused(days: str, until: str) -> None:
    with pytest.raises(InvalidInput):
        ahead(days, until, TODAY)
