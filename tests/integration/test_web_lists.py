"""Lists and searches on pages: paged, filtered, and never in an address."""

import html
import re
from collections.abc import Iterator
from contextlib import ExitStack

import httpx2
import pytest

from models.ids import CaseId, HandoffId
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.pieces.numbers import enterprise
from tests.running.site import Site, onward_of, play, whole
from tests.running.world import World
from web.labels import label_in
from web.pages import paging


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
    monkeypatch.setattr(paging, "ROWS", 1)
    first = browsers[MAYOR].get("/cases").text
    onward = onward_of(first)

    assert "after=" in onward
    assert first.count("/cases/") == 1
    second = browsers[MAYOR].get(onward).text
    assert second.count("/cases/") <= 1
    assert first != second


def test_a_list_is_of_one_stage_if_asked(
    case: CaseId, browsers: dict[str, httpx2.Client]
) -> None:
    here = f"/cases/{case}"

    assert here in whole(browsers[HANDLER], "/cases?stage=inquiry")
    assert here not in whole(browsers[HANDLER], "/cases?stage=closed")


def test_a_stage_is_chosen_by_the_name_that_its_route_in_force_gives_it(
    cast: Cast, browsers: dict[str, httpx2.Client]
) -> None:
    """A route on which nobody can open a case lends no stage and no name of one."""
    page = browsers[MAYOR].get("/cases").text

    stages = [(row.code, label_in("fr", row.label)) for row in cast.pack.stages]
    chooser = page.partition('id="stage"')[2].partition("</select>")[0]
    chosen = re.findall(r'<option value="(\w+)"[^>]*>([^<]+)<', chooser)
    assert [(code, html.unescape(name)) for code, name in chosen] == stages


def test_an_empty_list_says_why_it_is_empty(
    site: Site, browsers: dict[str, httpx2.Client]
) -> None:
    """The police leads no case; the other town neither asks nor is asked here."""
    cases, narrowed = (
        html.unescape(browsers[POLICE].get(path).text)
        for path in ("/cases", "/cases?stage=inquiry")
    )
    with site.browser() as browser:
        play(browser, "saint-gilles/supervisor")
        inbox, asked, all_asked = (
            html.unescape(browser.get(path).text)
            for path in ("/inbox", "/asked", "/asked?closed=true")
        )

    assert "désigné pour aucun dossier" in cases
    assert "de tel dossier" in narrowed
    assert "Personne n'attend" in inbox
    assert "Aucune question de votre service" in asked
    assert "ni ouverte ni close" in all_asked


def test_closed_questions_are_listed_if_asked(
    asked: HandoffId, browsers: dict[str, httpx2.Client]
) -> None:
    for who, place in ((POLICE, "/inbox"), (HANDLER, "/asked")):
        browser = browsers[who]

        assert f"/handoffs/{asked}" not in whole(browser, place)
        assert f"/handoffs/{asked}" in whole(browser, f"{place}?closed=true")


def test_cases_are_found_by_number_page_by_page_and_it_is_in_no_address(
    world: World,
    cast: Cast,
    browsers: dict[str, httpx2.Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paging, "ROWS", 1)
    number = enterprise()
    both = {
        f"/cases/{world.do(cast.open_case(enterprise_number=number))}" for _ in range(2)
    }

    first = browsers[HANDLER].post("/search/number", data={"number": number})
    onward = first.text.partition('name="after" value="')[2].partition('"')[0]
    rest = {"number": number, "after": onward}
    second = browsers[HANDLER].post("/search/number", data=rest)

    shown = [{each for each in both if each in page.text} for page in (first, second)]
    assert [len(each) for each in shown] == [1, 1]
    assert set.union(*shown) == both
    assert number not in str(first.url) + str(second.url)


def test_a_wrong_number_is_said_and_not_looked_for(
    browsers: dict[str, httpx2.Client],
) -> None:
    answer = browsers[HANDLER].post("/search/number", data={"number": "0308357158"})

    assert answer.status_code == 422
    assert "chiffres de contrôle" in answer.text


def looked(browser: httpx2.Client, typed: dict[str, str]) -> Iterator[str]:
    """Yield page after page of a search: the newest items may be of other tests."""
    after: str | None = ""
    while after is not None:
        asked = typed | ({"after": after} if after else {})
        page = browser.post("/search/words", data=asked).text
        yield page
        after = page.partition('name="after" value="')[2].partition('"')[0] or None


def test_words_are_found_in_what_may_be_read_for_a_reason(
    case: CaseId, browsers: dict[str, httpx2.Client]
) -> None:
    typed = {"words": "controles", "reason": "asking"}

    assert any("Trois contrôles." in page for page in looked(browsers[HANDLER], typed))
    silent = browsers[HANDLER].post("/search/words", data=typed | {"reason": ""})
    assert silent.status_code == 422
    assert "Trois contrôles." not in silent.text
