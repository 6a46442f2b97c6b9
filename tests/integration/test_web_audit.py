"""The pages of an auditor: the trail, one entry in words, signs and samples."""

import re
from collections.abc import Iterator
from uuid import UUID

import httpx2
import pytest

from models.ids import CaseId, ItemId
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.looking import last_page, ordered_question
from tests.running.site import Site, play
from tests.running.world import World, eventually
from web.pages.paging import ROWS

AUDITOR = "audit/auditor"


@pytest.fixture(scope="module")
def question(world: World, cast: Cast, case: CaseId) -> ItemId:
    return ordered_question(world, cast, case)


@pytest.fixture(scope="module")
def auditor(site: Site, question: ItemId) -> Iterator[httpx2.Client]:
    with site.browser() as browser:
        play(browser, AUDITOR)
        yield browser


def test_an_auditor_begins_with_what_waits(auditor: httpx2.Client) -> None:
    assert auditor.get("/").headers["location"] == "/audit"

    assert auditor.get("/audit").status_code == 200


def test_the_trail_of_an_item_tells_who_saw_it_under_which_article(
    world: World, auditor: httpx2.Client, question: ItemId
) -> None:
    page = auditor.get("/audit/trail", params={"item": str(question)}).text

    assert POLICE in page
    assert HANDLER in page
    assert "item.released" in page
    assert last_page(world, "audit")["detail"] == "trail"


def test_an_entry_says_why_in_the_language_of_the_page(
    world: World, auditor: httpx2.Client, question: ItemId
) -> None:
    wanted = {"item": str(question), "kind": "item.released", "officer": POLICE}
    trail = auditor.get("/audit/trail", params=wanted).text
    found = re.search(r'href="(/audit/entries/[^"]+)"', trail)
    assert found

    french = auditor.get(found[1], headers={"accept-language": "fr"}).text
    german = auditor.get(found[1], headers={"accept-language": "de"}).text

    assert "L&#39;agent est désigné pour ce dossier" in french
    assert "designated-reads" in french
    assert french.count("LVP art. 32") == 1
    assert "Warum es erlaubt oder abgelehnt wurde" in german
    assert last_page(world, "audit")["detail"] == "entry of the trail"


def test_a_page_that_was_shown_says_a_ruling_once_and_of_which_items(
    world: World, site: Site, auditor: httpx2.Client, case: CaseId, question: ItemId
) -> None:
    with site.browser() as browser:
        play(browser, HANDLER)
        browser.get(f"/cases/{case}")
    shown = last_page(world)
    ordered = "select count(*) from ledger_entry where entry_id = %s::uuid"
    assert eventually(lambda: world.one(ordered, shown["id"]) == 1)

    english = {"accept-language": "en"}
    page = auditor.get(f"/audit/entries/{shown['id']}", headers=english).text
    cards = re.findall(r'<section class="ds-card ruling".*?</section>', page, re.S)
    said = [re.sub(r"<details.*|<p>[^<]*<a.*?</p>|<[^>]+>", "", c) for c in cards]
    about = re.findall(r'href="/audit/trail\?item=([^"]+)"', "".join(cards))
    listed = page.partition("What the page showed")[2].partition("<h2")[0]

    assert shown["detail"] == "case"
    assert len(shown["rulings"]) > 1
    assert len(set(said)) == len(said)
    assert str(question) in about
    assert set(about) == set(re.findall(r"item=([^\"]+)", listed))
    for ruling in shown["rulings"]:
        assert "".join(cards).count(f">{ruling['id']}<") == 1


def test_the_trail_goes_on_where_a_page_was_full(auditor: httpx2.Client) -> None:
    first = auditor.get("/audit/trail").text
    onward = re.search(r'href="/audit/trail\?after=([^"]+)"', first)
    assert onward

    entries = re.compile(r'<th scope="row"><a class="ds-link" href="([^"]+)"')
    second = auditor.get("/audit/trail", params={"after": onward[1]}).text

    assert len(entries.findall(first)) == ROWS
    assert entries.findall(second)
    assert not {*entries.findall(first)} & {*entries.findall(second)}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"case": "no"}, "this is no id"),
        ({"officer": "somebody"}, "write an officer as AGENCY/NAME"),
        ({"since": "yesterday"}, "this is no day"),
        ({"kind": "no.kind"}, "choose one of these"),
        ({"after": "de24"}, "there is no such page of the list"),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_is_looked_for(
    auditor: httpx2.Client, query: dict[str, str], said: str
) -> None:
    page = auditor.get("/audit/trail", params=query, headers={"accept-language": "en"})

    assert page.status_code == 422
    assert said in page.text
    assert "/audit/entries/" not in page.text


TURNED = {"since": "2026-03-02", "until": "2026-03-01"}
NOBODY = {"officer": "pz-midi/nobody"}


@pytest.mark.parametrize("path", ["/audit/trail", "/audit/unusual", "/audit/samples"])
@pytest.mark.parametrize(
    ("query", "field", "status"), [(TURNED, "until", 422), (NOBODY, "officer", 404)]
)
def test_what_the_trail_refuses_stands_at_its_field(
    auditor: httpx2.Client, path: str, query: dict[str, str], field: str, status: int
) -> None:
    page = auditor.get(path, params={"size": "2", **query})

    assert page.status_code == status
    assert f'<p class="ds-validation-message" id="{field}-fault">' in page.text
    assert 'role="alert"' in page.text
    for name, typed in query.items():
        assert re.search(f'name="{name}" value="{typed}"', page.text)
    assert "/audit/entries/" not in page.text


def test_a_case_is_found_by_how_its_id_begins_which_is_what_pages_show(
    auditor: httpx2.Client, case: CaseId
) -> None:
    english = {"accept-language": "en"}

    by_start = auditor.get("/audit/trail", params={"case": str(case)[:8].upper()})
    of_none = auditor.get(
        "/audit/trail", params={"case": UUID(int=7).hex[:8]}, headers=english
    )

    assert f"/audit/trail?case={case}" in by_start.text
    assert of_none.status_code == 422
    assert "nothing of which the id begins so" in of_none.text


def test_the_same_seed_draws_the_same_sample(auditor: httpx2.Client) -> None:
    drawn = {"size": "2", "seed": "Q1", "until": "2030-01-01"}

    first = auditor.get("/audit/samples", params=drawn).text
    again = auditor.get("/audit/samples", params=drawn).text

    assert first.count('<th scope="row">') == 2
    assert first == again


def test_reads_with_a_sign_are_told_with_the_reason(
    auditor: httpx2.Client, question: ItemId
) -> None:
    page = auditor.get("/audit/unusual", params={"item": str(question)})

    assert page.status_code == 200


@pytest.mark.parametrize("path", ["/audit", "/audit/trail", "/audit/samples"])
def test_the_trail_is_for_auditors_alone(site: Site, path: str) -> None:
    with site.browser() as browser:
        play(browser, HANDLER)

        assert browser.get(path).status_code == 403
