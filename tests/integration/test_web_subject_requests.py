"""Requests of data subjects on pages: recorded, looked into, answered and closed."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import httpx2
import pytest

from models.ids import CaseId
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.subject_requests import NUMBER, TEXT
from tests.running.site import Site, onward_of, play, whole
from web.pages import paging

DPO, AUDITOR = "anderlecht/dpo", "audit/auditor"
HOME = "/subject-requests"
People = dict[str, httpx2.Client]


@pytest.fixture(scope="module")
def people(site: Site) -> Iterator[People]:
    with ExitStack() as stack:
        browsers = {}
        for who in (DPO, AUDITOR, HANDLER):
            browsers[who] = stack.enter_context(site.browser())
            browsers[who].headers["accept-language"] = "en"
            play(browsers[who], who)
        yield browsers


@pytest.fixture
def dpo(people: People) -> httpx2.Client:
    return people[DPO]


@pytest.fixture
def asked(dpo: httpx2.Client, cast: Cast) -> str:
    """A request that was just recorded."""
    others = requests_of(dpo)
    done = dpo.post(f"{HOME}/new", data=filled(cast))
    assert done.headers["location"] == f"{HOME}?done=recorded", done.text
    (made,) = requests_of(dpo) - others
    return made


def filled(cast: Cast, **changed: str) -> dict[str, str]:
    return {
        "right": "access",
        "regime": "gdpr",
        "number": NUMBER,
        "received": str(cast.today),
        "identity": "Card, at the counter.",
        "text": TEXT,
    } | changed


def requests_of(browser: httpx2.Client) -> set[str]:
    page = whole(browser, f"{HOME}?closed=true")
    assert NUMBER not in page
    return set(re.findall(rf'action="{HOME}/([0-9a-f-]{{36}})"', page))


def step(browser: httpx2.Client, request: str, word: str, **said: str) -> int:
    where = f"{HOME}/{request}/steps/{word}"
    assert browser.get(where).status_code == 200
    return browser.post(where, data={"text": "By letter.", **said}).status_code


def test_a_request_is_followed_from_its_receipt_to_its_end(
    dpo: httpx2.Client, asked: str
) -> None:
    page = dpo.post(f"{HOME}/{asked}").text
    assert NUMBER in page
    assert TEXT in page
    assert "119sexies" in page

    assert step(dpo, asked, "acknowledge") == 303
    assert step(dpo, asked, "extend") == 303
    assert "steps/extend" not in dpo.post(f"{HOME}/{asked}").text
    assert step(dpo, asked, "answer", outcome="refused") == 422
    said = {"outcome": "granted_in_part", "limit": "inquiry_running"}
    assert step(dpo, asked, "answer", **said) == 303
    assert step(dpo, asked, "close") == 303
    closed = dpo.post(f"{HOME}/{asked}").text
    assert "granted in part" in closed
    assert "/steps/" not in closed
    assert f'action="{HOME}/{asked}"' not in whole(dpo, HOME)


def test_requests_go_on_on_a_next_page(
    dpo: httpx2.Client, asked: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dpo.post(f"{HOME}/new", data=filled(cast)).status_code == 303
    monkeypatch.setattr(paging, "ROWS", 1)

    first = dpo.get(f"{HOME}?closed=true").text

    assert first.count(f'action="{HOME}/') == 1
    assert "closed=true" in onward_of(first)
    assert asked in requests_of(dpo)


def test_what_is_held_is_shown_with_what_may_be_said(
    dpo: httpx2.Client, asked: str, case: CaseId
) -> None:
    page = dpo.post(f"{HOME}/{asked}/held").text

    assert str(case)[:8] in page
    assert "limited until the final decision" in page
    assert "never; not even that there is anything" in page
    (card, *_) = re.findall(r'action="(/items/[0-9a-f-]{36})"', page)
    opened = dpo.post(card, data={"reason": "answering"})
    assert "Exemple" in opened.text


def test_what_the_agency_may_not_answer_is_not_offered(
    dpo: httpx2.Client, cast: Cast
) -> None:
    others = requests_of(dpo)
    dpo.post(f"{HOME}/new", data=filled(cast, regime="intelligence"))
    (made,) = requests_of(dpo) - others

    page = dpo.post(f"{HOME}/{made}").text
    form = dpo.get(f"{HOME}/{made}/steps/answer").text

    assert "it may not even be said that there are data" in page
    assert "steps/extend" not in page
    assert 'value="referred"' in form
    assert 'value="granted"' not in form


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_what_does_not_hold_comes_back_as_it_was_filled_in(
    dpo: httpx2.Client, cast: Cast, language: str
) -> None:
    headers = {"accept-language": language}
    wrong = filled(cast, number="85.07.30-033.29")

    page = dpo.post(f"{HOME}/new", data=wrong, headers=headers)

    assert page.status_code == 422
    assert "Card, at the counter." in page.text


def test_nobody_else_can_tell_that_there_is_one(people: People, asked: str) -> None:
    for who in (AUDITOR, HANDLER):
        browser = people[who]
        assert browser.get(HOME).status_code == 403
        assert browser.post(f"{HOME}/{asked}").status_code == 403
        assert browser.post(f"{HOME}/{asked}/held").status_code == 403
        assert HOME not in browser.get("/notices").text
