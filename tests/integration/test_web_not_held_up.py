"""Nobody holds up pages by asking for nothing: a process makes few at once."""

import json
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import product
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from limits import RateLimitItemPerMinute

from models.ids import CaseId
from serving.web import PAGES_AT_ONCE
from storage import sessions
from tests.deeds.cast import HANDLER
from tests.running.site import Site, play, served
from tests.running.world import World, eventually
from web.api.resources.evaluations import MOST
from web.signin.provider import Provider, ProviderSettings

MANY = 3 * PAGES_AT_ONCE
EVALUATIONS = "/access/v1/evaluations"
OUTSIDER = "saint-gilles/mayor"
TOKEN = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.e30.YQ"  # of whoever cares to write one


@contextmanager
def asking(
    site: Site,
    path: str,
    shows: str = f"authorization: Bearer {TOKEN}",
    body: str = "",
) -> Iterator[list[socket.socket]]:
    """Ask for something many times at once, and do not wait for the answers."""
    at, method = urlsplit(site.address), "POST" if body else "GET"
    words = f"{method} {path} HTTP/1.1\r\nhost: {at.netloc}\r\n{shows}\r\n"
    if body:
        words += f"content-type: application/json\r\ncontent-length: {len(body)}\r\n"
    words += f"\r\n{body}"
    with ExitStack() as stack:
        asked = []
        for _ in range(MANY):
            made = socket.create_connection((at.hostname, at.port))
            stack.enter_context(made).sendall(words.encode())
            asked.append(made)
        yield asked


def answered(asked: list[socket.socket]) -> int:
    """Count those that have an answer."""
    return len(select.select(asked, [], [], 0)[0])


def test_guesses_of_calendars_wait_for_their_beat_beside_the_pages(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "BEAT", 5)

    with asking(site, "/calendar/a-guess.ics") as asked, site.browser() as browser:
        assert browser.get("/verify").status_code == 200
        assert answered(asked) == 0


def test_tokens_wait_for_a_silent_provider_beside_the_pages(world: World) -> None:
    with socket.create_server(("localhost", 0), backlog=MANY) as silent:
        issuer = f"http://localhost:{silent.getsockname()[1]}"

        with (
            served(world, lambda _: Provider(known_as(issuer))) as site,
            asking(site, "/api/v1/me") as asked,
            site.browser() as browser,
        ):
            assert browser.get("/verify").status_code == 200
            assert answered(asked) == 0


def test_the_description_of_the_api_is_made_once_beside_the_pages(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, made = threading.Event(), []

    def slowly(_: object) -> dict[str, str]:
        made.append(may_end.wait(30))
        return {"openapi": "3.1.0"}

    monkeypatch.setattr("web.api.app._described", slowly)

    with (
        served(world) as site,
        asking(site, "/api/v1/openapi.json") as asked,
        site.browser() as browser,
    ):
        assert browser.get("/verify").status_code == 200
        assert answered(asked) == 0
        may_end.set()
        assert browser.get("/api/v1/openapi.json").json() == {"openapi": "3.1.0"}
        assert eventually(lambda: answered(asked) == MANY)
    assert made == [True]


def test_who_looks_too_often_for_what_is_not_there_waits_before_anybody_looks(
    world: World, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.guards.absences.ABSENCES", RateLimitItemPerMinute(4))
    hidden, absent = f"/cases/{case}", f"/cases/{uuid4()}"

    def nobody_looks(*_: object) -> None:
        raise AssertionError("the database is asked who comes")

    with served(world) as site, site.browser() as one, site.browser() as other:
        for each in (one, other):
            play(each, OUTSIDER)
        for each, path in product((one, other), (hidden, absent)):
            assert each.get(path).status_code == 404

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr("web.signin.sessions.found", nobody_looks)
            for each, path in product((one, other), (hidden, absent, "/cases")):
                refused = each.get(path, headers={"accept-language": "en"})
                assert refused.status_code == 429
                assert "too many questions from here" in refused.text

        with site.browser() as anew:
            play(anew, OUTSIDER)
            assert anew.get(absent).status_code == 429

        with site.browser() as colleague:
            play(colleague, HANDLER)
            assert colleague.get(absent).status_code == 404
            assert colleague.get(hidden).status_code == 200
        assert one.get("/static/estafette.css").status_code == 200
        assert one.post("/sign-out").headers["location"] == "/sign-in"


def test_what_somebody_asks_all_at_once_is_refused_beyond_as_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.guards.absences.ABSENCES", RateLimitItemPerMinute(4))
    monkeypatch.setattr(sessions, "BEAT", 2)

    with served(world) as site, site.browser() as browser:
        play(browser, OUTSIDER)
        cookies = "; ".join(f"{name}={said}" for name, said in browser.cookies.items())

        with asking(site, f"/cases/{uuid4()}", f"cookie: {cookies}") as asked:
            assert eventually(lambda: answered(asked) == MANY - 4)
            assert browser.get("/cases").status_code == 429
            assert eventually(lambda: answered(asked) == MANY)
            said = sorted(each.recv(12)[-3:] for each in asked)
            assert said == [b"404"] * 4 + [b"429"] * (MANY - 4)


def test_programs_that_ask_for_what_is_not_there_wait_as_browsers_do(
    world: World, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.guards.absences.ABSENCES", RateLimitItemPerMinute(4))
    monkeypatch.setattr(sessions, "BEAT", 2)
    hidden, absent = f"/cases/{case}", f"/cases/{uuid4()}"

    with served(world) as site, site.program(OUTSIDER) as program:
        shows = f"authorization: {program.headers['authorization']}"
        with asking(site, f"/api/v1{hidden}", shows) as asked:
            assert eventually(lambda: answered(asked) == MANY - 4)
            assert eventually(lambda: answered(asked) == MANY)
            said = sorted(each.recv(12)[-3:] for each in asked)
            assert said == [b"404"] * 4 + [b"429"] * (MANY - 4)

        for path in (hidden, absent, "/me"):
            refused = program.get(path)
            assert refused.status_code == 429
            assert refused.json()["type"] == "urn:estafette:problem:too-many"
            assert 0 < int(refused.headers["retry-after"]) <= 60
        first = site.token(OUTSIDER)
        assert eventually(lambda: site.token(OUTSIDER) != first)
        with site.program(OUTSIDER) as anew:
            assert anew.headers["authorization"] != program.headers["authorization"]
            assert anew.get(absent).status_code == 429
        with site.program(HANDLER) as colleague:
            assert colleague.get(hidden).status_code == 200


def evaluations(number: int) -> str:
    """Return a request for so many evaluations."""
    about = {
        "subject": {"type": "officer", "id": OUTSIDER},
        "action": {"name": "read"},
        "resource": {"type": "item", "id": str(uuid4())},
    }
    return json.dumps(about | {"evaluations": [{}] * number})


def test_evaluations_that_are_asked_together_let_pages_pass_in_between(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "BEAT", 0.5)

    with served(world) as site, site.browser() as browser:
        shows = f"authorization: Bearer {site.token(OUTSIDER)}"
        with asking(site, EVALUATIONS, shows, evaluations(10)) as asked:
            for _ in range(3):  # the first may pass before they begin
                assert browser.get("/verify").status_code == 200
            assert answered(asked) == 0
            monkeypatch.setattr(sessions, "BEAT", 1e-9)
            assert eventually(lambda: answered(asked) == MANY)


def test_each_evaluation_counts_as_a_question(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.api.app.CALLS", RateLimitItemPerMinute(MOST + 1))
    monkeypatch.setattr(sessions, "BEAT", 1e-9)
    body, headers = evaluations(MOST), {"content-type": "application/json"}

    with served(world) as site, site.program(OUTSIDER) as program:
        program.base_url = site.address
        first = program.post(EVALUATIONS, content=body, headers=headers)
        again = program.post(EVALUATIONS, content=body, headers=headers)

    assert len(first.json()["evaluations"]) == MOST
    assert again.status_code == 429


def known_as(issuer: str) -> ProviderSettings:
    return ProviderSettings(
        issuer=issuer,
        client_id="estafette",
        client_secret="a-secret-of-the-tests-alone",
        agency_claim="agency",
        officer_claim="officer",
        strong="urn:estafette:strong",
    )
