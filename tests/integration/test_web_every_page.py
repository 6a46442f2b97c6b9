"""Every page that there is: held to the rules of accessibility, by day and by night,
on a phone and on paper, and moved through by keyboard alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page

from models.ids import CaseId
from tests.deeds.cast import HANDLER, MAYOR, POLICE, REGISTRAR, Cast
from tests.deeds.control import Control
from tests.deeds.plenty import AUDITOR, CHIEF, DPO, Plenty, happen
from tests.interference.showing import form_of
from tests.interference.surfaces import OPENED, PAGES
from tests.oracles.evidence import standing
from tests.running.browsing import DESK, faults, needs_a_browser, send, window
from tests.running.screens import Manner, Screen
from tests.running.site import Site
from tests.running.world import World
from web.app import PAGES as PARTS
from web.door import Door
from web.permissions import Permission

pytestmark = needs_a_browser

_IS_SEEN = """() => {
  const drawn = getComputedStyle(document.activeElement);
  return drawn.outlineStyle !== "none" || drawn.boxShadow !== "none";
}"""
COORDINATOR = "safe-brussels/coordinator"
Look = tuple[str, str, dict[str, str] | None]
# Who looks at the pages of a permission; at all others the handler does.
_WHO = {
    Permission.PUBLIC: HANDLER,
    Permission.CASES_OPEN: MAYOR,
    Permission.COVERS_READ: MAYOR,
    Permission.COVERS_ARRANGE: MAYOR,
    Permission.FIGURES_READ: COORDINATOR,
    Permission.LISTS_MAKE: DPO,
    Permission.READERS_READ: CHIEF,
    Permission.REGISTER_READ: REGISTRAR,
    Permission.REQUESTS_HANDLE: DPO,
    Permission.TRAIL_READ: AUDITOR,
}
# Pages that look otherwise to others or for another case, and forms that are drawn
# with what others have not; one template draws all of them.
_BESIDE: tuple[Look, ...] = (
    (MAYOR, "/", None),
    (POLICE, "/", None),
    (POLICE, "/handoffs/{handoff}", None),
    (POLICE, "/handoffs/{handoff}/acts/handoff.answer", {"more": "yes"}),
    (HANDLER, "/cases/{decided}", None),
    (HANDLER, "/cases/{decided}/decision", None),
    (HANDLER, "/findings", None),
    (HANDLER, "/cases/{case}/acts/item.add", None),
)
# Forms that are sent so that the page after them is seen: opened, refused, previewed.
_ASKED = {"to": "src.2 pz-midi", "question": "Quoi ?"}
_SENT: tuple[Look, ...] = (
    *((HANDLER, path, form) for path, form in OPENED.values()),
    (HANDLER, "/cases/{case}/acts/handoff.ask", {}),
    (HANDLER, "/cases/{case}/acts/handoff.ask", _ASKED),
    (HANDLER, "/notices/mail", {}),
    (HANDLER, "/findings/{finding}", {}),
    (MAYOR, "/covers", {}),
    (MAYOR, "/drafts/{draft}", {}),
    (MAYOR, "/open/be-119ter", {"enterprise_number": "0308.357.158"}),
    (AUDITOR, "/audit/person", {"case": "{case}"}),
    (AUDITOR, "/audit/verify", {}),
    (AUDITOR, "/findings/new", {}),
    (DPO, "/statutory/{made}", {}),
    (DPO, "/subject-requests/{request}", {}),
    (DPO, "/subject-requests/{request}/held", {}),
)
# Addresses of pages that are seen better with a query.
_FULL = {"/audit/samples": "/audit/samples?size=3", "/open/{route}": "/open/be-119ter"}
_FOR_A_MAYOR = ("/cases/{case}/acts/case.release",)
# A provider is needed for two; the third is a file to save.
_NO_PAGES = ("/sign-in/provider", "/sign-in/return", "/verify/keys")


def looks() -> Iterator[Look]:
    """Yield every page, with somebody who may look at it."""
    for route in (r for part in PARTS for r in part.router.routes):
        assert isinstance(route, APIRoute)
        if "GET" not in route.methods or route.path in _NO_PAGES:
            continue
        for path in PAGES.get(route.path, (_FULL.get(route.path, route.path),)):
            who = _WHO.get(permission(route), HANDLER)
            yield MAYOR if path in _FOR_A_MAYOR else who, path, None
    yield from (*_BESIDE, *_SENT)


def permission(route: APIRoute) -> Permission:
    doors = [d.call for d in route.dependant.dependencies if isinstance(d.call, Door)]
    return doors[0].permission if doors else Permission.PUBLIC


@pytest.fixture(scope="module")
def plenty(world: World, cast: Cast, control: Control) -> Plenty:
    return happen(world, cast, control)


@pytest.mark.parametrize("who", sorted({who for who, _, _ in looks()}))
def test_no_page_breaks_a_rule_of_accessibility_or_is_too_wide(
    plenty: Plenty, browser: Browser, site: Site, who: str
) -> None:
    ids = {**plenty.ids, "decided": plenty.decided, "step": "close"}
    found: list[str] = []
    with at_home(browser, site, who) as page:
        for path, form in [(p, f) for whose, p, f in looks() if whose == who]:
            status = look(page, path, form, ids)
            said = faults(page)
            if form is None and status != 200:
                said.append(f"status {status}")
            found += [f"{path} {form}: {each}" for each in said]

    assert not found, "\n".join(found)


@contextmanager
def at_home(browser: Browser, site: Site, who: str) -> Iterator[Page]:
    with window(browser, site.address, locale="fr", viewport=DESK) as page:
        page.goto("/sign-in")
        page.click(f"button[value='{who}']")
        yield page


def look(
    page: Page, path: str, form: dict[str, str] | None, ids: Mapping[str, object]
) -> int:
    """Go where a page is; return the status that it came with."""
    address = path.format_map(ids)
    if form is not None:
        return send(page, address, form_of(form, ids) or {})
    answer = page.goto(address)
    return answer.status if answer else 0


def test_a_question_is_taken_in_hand_by_keyboard_alone(
    world: World, cast: Cast, plenty: Plenty, browser: Browser, site: Site
) -> None:
    question = world.do(cast.ask(CaseId(plenty.ids["case"])))
    with window(browser, site.address, locale="nl") as page:
        screen = Screen(page, Manner("nl", scripts=True), page)
        page.goto("/")
        reach(page, cast.officer(POLICE).service_number)
        for words in ("a question came in", "Take in hand", "Take in hand"):
            reach(page, screen.say(words))

    assert standing(world, question) == "received"


def reach(page: Page, words: str) -> None:
    """Go from one thing to the next until one says this, and press Enter on it."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if words in page.evaluate("() => document.activeElement.innerText"):
            assert page.evaluate(_IS_SEEN), f"nobody sees where `{words}` is"
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"nothing that says `{words}` can be reached")
