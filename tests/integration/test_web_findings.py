"""Findings on pages: opened by an auditor, answered by its owner, and closed."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import httpx2
import pytest

from models.ids import CaseId, ItemId
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.looking import ordered_question
from tests.running.site import Site, onward_of, play, whole
from tests.running.world import World
from web.pages import paging

AUDITOR = "audit/auditor"
OWNER = "pz-midi/supervisor"
People = dict[str, httpx2.Client]


@pytest.fixture(scope="module")
def question(world: World, cast: Cast, case: CaseId) -> ItemId:
    return ordered_question(world, cast, case)


@pytest.fixture(scope="module")
def people(site: Site, question: ItemId) -> Iterator[People]:
    with ExitStack() as stack:
        browsers = {}
        for who in (AUDITOR, OWNER, HANDLER):
            browsers[who] = stack.enter_context(site.browser())
            browsers[who].headers["accept-language"] = "en"
            play(browsers[who], who)
        yield browsers


@pytest.fixture(scope="module")
def finding(people: People, question: ItemId) -> str:
    return opened(people[AUDITOR], question)


def opened(auditor: httpx2.Client, question: ItemId) -> str:
    """Open a finding about a read of the question; return its id."""
    wanted = {"item": str(question), "kind": "item.released", "officer": POLICE}
    trail = auditor.get("/audit/trail", params=wanted).text
    found = re.search(r"/audit/entries/([0-9a-f-]{36})", trail)
    assert found
    others = findings_of(auditor)
    given = {"entries": found[1], "owner": OWNER, "text": "No task for this read."}
    answer = auditor.post("/findings/new", data=given)
    assert answer.headers["location"] == "/findings?done=recorded", answer.text
    (made,) = findings_of(auditor) - others
    return made


def findings_of(browser: httpx2.Client) -> set[str]:
    page = whole(browser, "/findings?closed=true")
    return set(re.findall(r'action="/findings/([0-9a-f-]{36})"', page))


def step(browser: httpx2.Client, finding: str, word: str, **said: str) -> int:
    where = f"/findings/{finding}/steps/{word}"
    assert browser.get(where).status_code == 200
    return browser.post(where, data=said).status_code


def test_a_finding_goes_to_its_owner_and_back(
    people: People, finding: str, cast: Cast
) -> None:
    auditor, owner = people[AUDITOR], people[OWNER]
    asked = owner.post(f"/findings/{finding}").text
    assert "No task for this read." in asked
    assert "steps/answer" in asked
    assert "steps/close" not in asked

    assert step(owner, finding, "answer", text="A trainee looked.") == 303
    answered = auditor.post(f"/findings/{finding}").text
    assert "A trainee looked." in answered
    assert "waits for the auditors" in answered

    due = (cast.today + timedelta(days=60)).isoformat()
    assert step(auditor, finding, "follow", text="The rota?", due=due) == 303
    assert step(auditor, finding, "close", text="Done.", outcome="remedied") == 303
    closed = auditor.post(f"/findings/{finding}").text
    assert "remedied" in closed
    assert "/steps/" not in closed


def test_findings_go_on_on_a_next_page(
    people: People, finding: str, question: ItemId, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = opened(people[AUDITOR], question)
    monkeypatch.setattr(paging, "ROWS", 1)

    first = people[AUDITOR].get("/findings?closed=true").text

    assert first.count('action="/findings/') == 1
    assert "closed=true" in onward_of(first)
    assert {finding, another} <= findings_of(people[AUDITOR])


def test_nobody_else_can_tell_that_there_is_a_finding(
    people: People, finding: str
) -> None:
    stranger = people[HANDLER]

    assert finding not in findings_of(stranger)
    assert stranger.post(f"/findings/{finding}").status_code == 404
    assert step(stranger, finding, "answer", text="Mine.") == 404
    assert stranger.get("/findings/new").status_code == 403


def test_what_does_not_hold_comes_back_as_it_was_filled_in(people: People) -> None:
    given = {"entries": "no", "owner": OWNER, "text": "As it was."}

    page = people[AUDITOR].post("/findings/new", data=given)

    assert page.status_code == 422
    assert "this is no id" in page.text
    assert "As it was." in page.text


def test_an_item_is_watched_and_no_more(people: People, question: ItemId) -> None:
    auditor = people[AUDITOR]

    auditor.post("/audit/honey", data={"item": str(question)[:8]})
    watched = auditor.get("/audit/honey").text
    again = auditor.post("/audit/honey", data={"item": str(question)})
    lifted = auditor.post(f"/audit/honey/{question}/lift")

    assert f"/audit/honey/{question}/lift" in watched
    assert again.status_code == 409
    assert lifted.status_code == 303
    assert f"/audit/honey/{question}/lift" not in auditor.get("/audit/honey").text
    assert auditor.post("/audit/honey", data={"item": "no"}).status_code == 422


def test_auditors_whose_agency_watches_nothing_are_told_what_watching_does(
    site: Site,
) -> None:
    with site.browser() as browser:
        browser.headers["accept-language"] = "en"
        play(browser, "anderlecht/auditor")
        page = browser.get("/audit/honey").text

    assert "stands among the unusual reads" in page
    assert "No item is watched." in page
