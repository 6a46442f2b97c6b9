"""Numbers are checked while they are typed, by the rules that acts hold them to."""

from collections.abc import Iterator

import httpx2
import pytest

from tests.deeds.cast import HANDLER
from tests.running.site import Site, play

RIGHT, WRONG = "0308.357.159", "0308.357.158"


@pytest.fixture
def browser(site: Site) -> Iterator[httpx2.Client]:
    with site.browser() as made:
        play(made, HANDLER)
        yield made


@pytest.mark.parametrize(
    ("kind", "number", "holds"),
    [
        ("enterprise", RIGHT, True),
        ("enterprise", WRONG, False),
        ("establishment", "2.147.812.701", True),
        ("establishment", RIGHT, False),
        ("national", "85.07.30-033.28", True),
        ("national", "85.07.30-033.29", False),
    ],
)
def test_whether_a_number_holds_is_said_without_repeating_it(
    browser: httpx2.Client, kind: str, number: str, *, holds: bool
) -> None:
    answer = browser.post("/numbers", data={"kind": kind, "number": number})

    assert answer.json()["holds"] is holds
    assert number not in answer.text
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_number_of_no_kind_is_no_question(browser: httpx2.Client) -> None:
    asked = {"kind": "telephone", "number": RIGHT}

    assert browser.post("/numbers", data=asked).status_code == 404
