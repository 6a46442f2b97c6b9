"""Lists and searches on pages: paged, filtered, and never in an address."""

from collections.abc import Iterator
from contextlib import ExitStack

import httpx2
import pytest

from models.ids import CaseId, HandoffId
from tests.deeds.cast import HANDLER, MAYOR, POLICE, SUBJECT
from tests.running.site import Site, play
from web.pages import lists

NUMBER = str(SUBJECT["enterprise_number"])


@pytest.fixture
def browsers(site: Site) -> Iterator[dict[str, httpx2.Client]]:
    with ExitStack() as stack:
        made = {}
        for who in (HANDLER, MAYOR, POLICE):
            made[who] = stack.enter_context(site.browser())
            play(made[who], who)
        yield made


def test_a_list_goes_on_after_its_last_row(
    case: CaseId, browsers: dict[str, httpx2.Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "ROWS", 1)
    first = browsers[MAYOR].get("/cases").text
    onward = first.partition('rel="next" href="')[2].partition('"')[0]

    assert "after=" in onward
    assert first.count("/cases/") == 1
    second = browsers[MAYOR].get(onward.replace("&amp;", "&")).text
    assert second.count("/cases/") <= 1
    assert first != second


def test_a_list_is_of_one_stage_if_asked(
    case: CaseId, browsers: dict[str, httpx2.Client]
) -> None:
    here = f"/cases/{case}"

    assert here in browsers[HANDLER].get("/cases?stage=inquiry").text
    assert here not in browsers[HANDLER].get("/cases?stage=closed").text


def test_closed_questions_are_listed_if_asked(
    asked: HandoffId, browsers: dict[str, httpx2.Client]
) -> None:
    for who, place in ((POLICE, "/inbox"), (HANDLER, "/asked")):
        browser = browsers[who]

        assert f"/handoffs/{asked}" not in browser.get(place).text
        assert f"/handoffs/{asked}" in browser.get(f"{place}?closed=true").text


def test_a_case_is_found_by_number_and_the_number_is_in_no_address(
    case: CaseId, browsers: dict[str, httpx2.Client]
) -> None:
    answer = browsers[HANDLER].post("/search/number", data={"number": NUMBER})

    assert answer.status_code == 200
    assert f"/cases/{case}" in answer.text
    assert NUMBER not in str(answer.url)


def test_a_wrong_number_is_said_and_not_looked_for(
    browsers: dict[str, httpx2.Client],
) -> None:
    answer = browsers[HANDLER].post("/search/number", data={"number": "0308357158"})

    assert answer.status_code == 422
    assert "chiffres de contrôle" in answer.text


def test_words_are_found_in_what_may_be_read_for_a_reason(
    case: CaseId, browsers: dict[str, httpx2.Client]
) -> None:
    typed = {"words": "controles", "reason": "asking"}

    assert (
        "Trois contrôles." in browsers[HANDLER].post("/search/words", data=typed).text
    )
    silent = browsers[HANDLER].post("/search/words", data=typed | {"reason": ""})
    assert silent.status_code == 422
    assert "Trois contrôles." not in silent.text
