"""A real browser: a question is asked, taken in hand, read and answered on pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from models.ids import CaseId
from tests.deeds.cast import HANDLER, MAYOR, Cast
from tests.running.browsing import aside, browsers, needs_a_browser, violations, window
from tests.running.site import Site
from tests.running.world import World

pytestmark = needs_a_browser

ANALYST = "pz-midi/analyst"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsers() as made:
        yield made


def sign_in(page: Page, officer: str) -> None:
    page.goto("/")
    page.click(f"button[value='{officer}']")


def choose_act(page: Page, act: str) -> None:
    page.click(f"main a[href$='/acts/{act}']")


def send(page: Page) -> None:
    page.click("form.sheet button")


def ask(page: Page, case: CaseId, question: str) -> None:
    sign_in(page, HANDLER)
    page.goto(f"/cases/{case}")
    choose_act(page, "handoff.ask")
    page.select_option("#to", value="src.2 pz-midi")
    page.fill("#question", question)
    send(page)
    assert question in page.inner_text(".preview")
    page.click("button[name=previewed]")


def answer(page: Page, handoff: object, words: str) -> None:
    sign_in(page, ANALYST)
    page.goto(f"/handoffs/{handoff}")
    choose_act(page, "handoff.receive")
    send(page)
    choose_act(page, "handoff.answer")
    page.fill("#words", words)
    page.check("#disclosable")
    send(page)
    page.click("button[name=previewed]")


@pytest.mark.parametrize(
    ("language", "scripts", "recorded", "answered"),
    [
        ("fr", False, "Enregistré.", "répondue"),
        ("nl", True, "Geregistreerd.", "beantwoord"),
    ],
)
def test_a_question_goes_to_the_police_and_comes_back(
    world: World,
    cast: Cast,
    site: Site,
    browser: Browser,
    *,
    scripts: bool,
    language: str,
    recorded: str,
    answered: str,
) -> None:
    case = aside(world, cast.open_case())
    settings = {"locale": language, "java_script_enabled": scripts}
    with window(browser, site.address, **settings) as town:
        ask(town, case, "Qu'a-t-on vu ici ?")
        assert recorded in town.inner_text("main")
        question = world.one("select id from handoff where case_id = %s", case)

        with window(browser, site.address, **settings) as police:
            answer(police, question, "Rien de particulier.")
            assert answered in police.inner_text("main")

        town.reload()
        police = {"fr": "Zone de police Midi", "nl": "Politiezone Zuid"}[language]
        opener = town.locator("tr", has_text=police).last.locator(".opener")
        opener.locator("select").select_option("following_up")
        opener.locator("button").click()
        assert "Rien de particulier." in town.inner_text("main")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(
    world: World, cast: Cast, site: Site, browser: Browser, scheme: str
) -> None:
    case = aside(world, cast.open_case())
    handoff = aside(world, cast.ask(case))
    paths = (
        *("/", "/?names=true", f"/cases/{case}?done=recorded", f"/handoffs/{handoff}"),
        *(f"/cases/{case}/acts/{act}" for act in ("item.add", "handoff.ask")),
        *("/notices", "/notices/calendar"),
        *("/cases", "/asked?closed=true", "/search", "/recalls", "/covers"),
        *(f"/cases/{case}/decision", "/emergency"),
        "/cases/00000000-0000-4000-8000-000000000000",
    )
    with window(browser, site.address, locale="fr", color_scheme=scheme) as page:
        page.goto("/sign-in")
        found = {"/sign-in": violations(page)}
        sign_in(page, HANDLER)
        for path in paths:
            page.goto(path)
            found[path] = violations(page)
        choose_empty(page, case)
        found["faults"] = violations(page)

    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_an_office_breaks_a_rule_of_accessibility(
    site: Site, browser: Browser, scheme: str
) -> None:
    offices = {
        "audit/auditor": ("/audit/samples?size=3", "/audit/trail?case=x"),
        "safe-brussels/coordinator": ("/figures",),
        "anderlecht/dpo": ("/subject-requests", "/subject-requests/new"),
    }
    found = {}
    for officer, paths in offices.items():
        with window(browser, site.address, color_scheme=scheme) as page:
            sign_in(page, officer)
            for path in paths:
                page.goto(path)
                found[path] = violations(page)

    assert {path: said for path, said in found.items() if said} == {}


def choose_empty(page: Page, case: CaseId) -> None:
    """Send a form with nothing in it."""
    page.goto(f"/cases/{case}/acts/handoff.ask")
    send(page)


def test_a_number_is_checked_while_it_is_typed(site: Site, browser: Browser) -> None:
    with window(browser, site.address, locale="fr") as page:
        sign_in(page, MAYOR)
        page.goto("/open/be-119ter")
        told = page.locator("#enterprise_number-check")
        page.fill("#enterprise_number", "0308.357.158")
        told.get_by_text("chiffres de contrôle sont faux").wait_for()
        page.fill("#enterprise_number", "0308.357.159")
        told.get_by_text("chiffres de contrôle sont corrects").wait_for()

        assert violations(page) == []


def test_what_was_typed_stays_when_something_does_not_hold(
    world: World, cast: Cast, site: Site, browser: Browser
) -> None:
    case = aside(world, cast.open_case())
    with window(browser, site.address, locale="nl") as page:
        sign_in(page, HANDLER)
        page.goto(f"/cases/{case}/acts/handoff.ask")
        page.fill("#question", "Wat is hier gezien?")
        send(page)

        assert page.input_value("#question") == "Wat is hier gezien?"
        assert "Aan wie vragen: vul dit in" in page.inner_text(".ds-error-summary")
