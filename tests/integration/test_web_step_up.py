"""Sensitive acts ask for a stronger proof, and nothing typed is lost on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx2
import pytest

from models.act_kinds import ActKind
from models.ids import CaseId
from tests.deeds.cast import MAYOR, Cast
from tests.running.provider import behind_a_provider, go_through, log_in
from tests.running.site import Site, play, served
from tests.running.world import World
from web.sensitive import SENSITIVE


@pytest.fixture(scope="module")
def site(world: World) -> Iterator[Site]:
    with behind_a_provider(world) as made:
        yield made.site


@contextmanager
def signed_in(site: Site, officer: str = MAYOR) -> Iterator[httpx2.Client]:
    with site.browser() as browser:
        prove(browser, "/sign-in/provider", officer)
        yield browser


def prove(browser: httpx2.Client, way: str, officer: str = MAYOR) -> httpx2.Response:
    """Go to the provider as a page leads there, and come back."""
    sent = browser.get(way)
    return browser.get(log_in(sent.headers["location"], officer))


def closing(case: CaseId) -> str:
    return f"/cases/{case}/acts/case.close"


def test_the_form_of_a_sensitive_act_opens_after_a_stronger_proof(
    site: Site, world: World, cast: Cast
) -> None:
    case = world.do(cast.open_case())
    with signed_in(site) as browser:
        asked = browser.get(closing(case))
        assert "<textarea" not in asked.text
        way = f"/sign-in/provider?strong=true&amp;next={closing(case)}"
        assert f'href="{way}"' in asked.text

        back = prove(browser, way.replace("&amp;", "&"))
        assert back.headers["location"] == closing(case)
        assert "<textarea" in browser.get(closing(case)).text

        answer = browser.post(closing(case), data={"reasons": "Plus rien à suivre."})
        assert answer.headers["location"] == f"/cases/{case}?done=recorded"


def test_a_form_that_is_sent_without_a_proof_does_nothing_and_keeps_what_was_typed(
    site: Site, world: World, cast: Cast
) -> None:
    case = world.do(cast.open_case())
    typed = {"reasons": "Un motif qui a pris une heure."}
    with signed_in(site) as browser:
        answer = browser.post(closing(case), data=typed)

        assert answer.status_code == 403
        assert typed["reasons"] in answer.text
        assert "strong=true&amp;next=/proven" in answer.text
        assert cast.file(case).case.closed_on is None

        assert (
            prove(browser, "/sign-in/provider?strong=true&next=/proven").headers[
                "location"
            ]
            == "/proven"
        )
        assert browser.get("/proven").status_code == 200
        answer = browser.post(closing(case), data=typed)
        assert answer.headers["location"] == f"/cases/{case}?done=recorded"


def test_a_proof_counts_for_some_minutes_and_no_longer(
    site: Site, world: World, case: CaseId
) -> None:
    with signed_in(site) as browser:
        prove(browser, "/sign-in/provider?strong=true")
        assert "<textarea" in browser.get(closing(case)).text

        # Whoever could move the hour of a proof in the database is signed out: the row
        # is sealed. So the clock moves instead.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("models.signing_in.PROVEN_FOR", timedelta(0))
            assert "<textarea" not in browser.get(closing(case)).text


def test_who_comes_back_to_a_provider_that_knows_them_gave_no_new_proof(
    site: Site, world: World, case: CaseId
) -> None:
    """An open screen could sign out and in again, and be asked for nothing."""

    def sign_in(way: str) -> None:
        sent = browser.get(way).headers["location"]
        browser.get(go_through(provider, sent, MAYOR))

    newest = "select proven_at from signed_in order by signed_in_at desc limit 1"
    with site.browser() as browser, httpx2.Client() as provider:
        sign_in("/sign-in/provider?strong=true")
        assert "<textarea" in browser.get(closing(case)).text
        proven_at = world.one(newest)
        browser.post("/sign-out")

        sign_in("/sign-in/provider")
        assert browser.get("/").status_code == 200
        assert world.one(newest) == proven_at


def test_acts_that_are_not_sensitive_ask_for_nothing(site: Site, case: CaseId) -> None:
    with signed_in(site) as browser:
        assert "<textarea" in browser.get(f"/cases/{case}/acts/case.extend").text


def test_where_officers_are_made_up_nobody_proves_anything(
    world: World, case: CaseId
) -> None:
    with served(world) as pages, pages.browser() as browser:
        play(browser, MAYOR)
        assert "<textarea" in browser.get(closing(case)).text


def test_what_cannot_be_undone_is_on_the_list() -> None:
    assert SENSITIVE.keys() >= {
        ActKind.DECISION_ADOPT,
        ActKind.CASE_BREAK_GLASS,
        ActKind.CASE_EXCLUDE,
        ActKind.CASE_CLOSE,
        ActKind.HANDOFF_CONFIRM,
    }
