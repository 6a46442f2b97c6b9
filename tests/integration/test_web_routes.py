"""Every page, for every function, in every mode of secrecy: hidden is as absent."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from uuid import UUID, uuid4

import httpx2
import pytest
from fastapi.routing import APIRoute

from tests.deeds.cast import HANDLER
from tests.interference.showing import form_of
from tests.interference.surfaces import OPENED, PAGES, SENT
from tests.running.site import Site, play
from web.app import PAGES as PARTS
from web.door import Door

pytestmark = pytest.mark.usefixtures("no_beat")
Hidden = Mapping[str, UUID]
ABSENT = {"case": uuid4(), "handoff": uuid4(), "item": uuid4()}
# What stands in the paths of pages that are not walked here.
OTHERS = {
    name: uuid4() for name in ("entry", "finding", "draft", "made", "request")
} | {"step": "answer"}


@pytest.fixture(scope="module")
def browsers(outsiders: list[str], site: Site) -> Iterator[dict[str, httpx2.Client]]:
    with ExitStack() as stack:
        made = {each: stack.enter_context(site.browser()) for each in outsiders}
        for officer, browser in made.items():
            play(browser, officer)
        yield made


def asked() -> Iterator[tuple[str, dict[str, str] | None]]:
    for paths in PAGES.values():
        yield from ((path, None) for path in paths if "{" in path)
    forms = [*OPENED.values(), *SENT.values()]
    for path, form in forms:
        if any("{" in said for said in (path, *form.values())):
            yield path, form


def shown(
    browser: httpx2.Client, path: str, form: dict[str, str] | None, ids: Hidden
) -> tuple[object, ...]:
    """Return all that came, with a word in the place of the ids that were asked for."""
    way = path.format_map(ids)
    filled = form_of(form, ids)
    answer = browser.get(way) if filled is None else browser.post(way, data=filled)
    text = answer.text
    for name, identifier in ids.items():
        text = text.replace(str(identifier), name)
        text = text.replace(str(identifier)[:8], name)
    headers = {k: v for k, v in answer.headers.items() if k not in ("date", "server")}
    if len(text) != len(answer.text):
        del headers["content-length"]
    return answer.status_code, headers, text


@pytest.mark.parametrize(("path", "form"), list(asked()))
def test_to_whoever_has_no_part_in_it_hidden_is_as_absent(
    browsers: dict[str, httpx2.Client],
    hidden: Hidden,
    path: str,
    form: dict[str, str] | None,
) -> None:
    for who, browser in browsers.items():
        there = shown(browser, path, form, hidden)
        nowhere = shown(browser, path, form, ABSENT)

        assert there == nowhere, who
        assert there[0] in (403, 404), who


def test_a_fault_leads_on_for_whoever_is_signed_in_and_says_nothing_of_its_place(
    site: Site,
) -> None:
    way = 'href="/inbox"'
    with site.browser() as browser:
        stranger = browser.get("/nowhere")
        play(browser, HANDLER)
        for path in (f"/cases/{ABSENT['case']}", "/cases/none", "/audit/trail"):
            fault = browser.get(path)

            assert fault.status_code in (403, 404)
            assert way in fault.text, path
            assert path not in fault.text
    assert (stranger.status_code, way in stranger.text) == (404, False)


def test_the_walk_sees_what_is_not_hidden(site: Site, hidden: Hidden) -> None:
    with site.browser() as browser:
        play(browser, HANDLER)

        assert shown(browser, "/cases/{case}", None, hidden)[0] == 200
        assert shown(browser, "/cases/{case}", None, ABSENT)[0] == 404


def test_every_page_but_the_public_ones_sends_strangers_to_the_door(
    site: Site,
) -> None:
    routes = [r for p in PARTS for r in p.router.routes if isinstance(r, APIRoute)]
    guarded = [
        route
        for route in routes
        if any(isinstance(d.call, Door) for d in route.dependant.dependencies)
    ]
    assert guarded
    with site.browser() as browser:
        for route in guarded:
            path = route.path.format_map(
                {
                    **ABSENT,
                    **OTHERS,
                    "draft": uuid4(),
                    "act": "handoff.ask",
                    "route": "be-119ter",
                }
            )
            (method,) = route.methods
            answer = browser.request(method, path, data={"reason": "asking"})

            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/sign-in?next="), path
