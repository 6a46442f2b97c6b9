"""Figures are for coordinators, and hold what leads let coordinators be told."""

import asyncio
from collections.abc import Iterator

import httpx2
import pytest

from acts.existence import conceal
from acts.pages.figures import figures
from models.errors import NotPermitted
from models.figures import Figures, Load
from models.ids import CaseId
from models.secrecy import Secrecy
from storage import figures as storage
from storage.sessions import acting
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.looking import last_page
from tests.deeds.pages import Pages
from tests.running.site import Site, play
from tests.running.terminal import Terminal
from tests.running.world import World

COORDINATOR = "safe-brussels/coordinator"


async def open_cases(cast: Cast, mode: Secrecy, count: int) -> list[CaseId]:
    opened = [await cast.open_case() for _ in range(count)]
    if mode is not Secrecy.INVISIBLE:  # as they are opened
        lead = cast.officer(HANDLER)
        doing = (conceal(cast.desk, lead, each, mode) for each in opened)
        await asyncio.gather(*doing)
    return opened


@pytest.fixture(scope="module", autouse=True)
def told(world: World, cast: Cast) -> list[CaseId]:
    """As many cases as a figure needs, of which coordinators are told the stage."""
    return world.do(open_cases(cast, Secrecy.STUB, 5))


@pytest.fixture(scope="module")
def coordinator(site: Site, told: list[CaseId]) -> Iterator[httpx2.Client]:
    with site.browser() as browser:
        play(browser, COORDINATOR)
        yield browser


def seen(cast: Cast) -> Figures:
    return figures(cast.desk, cast.reader(COORDINATOR))


def inquiries(found: Figures) -> Load:
    (load,) = [
        each
        for each in found.load
        if (each.agency, each.stage) == ("anderlecht", "inquiry")
    ]
    return load


def test_a_coordinator_sees_load_and_no_name_or_id(
    world: World, cast: Cast, coordinator: httpx2.Client, told: list[CaseId]
) -> None:
    assert coordinator.get("/").headers["location"] == "/figures"
    page = coordinator.get("/figures").text

    assert (inquiries(seen(cast)).cases or 0) >= 5
    assert '<svg class="chart" role="img"' in page
    assert not [case for case in told if str(case)[:8] in page]
    assert HANDLER not in page


@pytest.mark.parametrize("mode", [Secrecy.INVISIBLE, Secrecy.POINTER])
def test_what_coordinators_are_not_told_of_changes_no_byte(
    world: World, cast: Cast, coordinator: httpx2.Client, mode: Secrecy
) -> None:
    before = coordinator.get("/figures").content
    (case, *_) = world.do(open_cases(cast, mode, 1))
    world.do(cast.ask(case))

    assert coordinator.get("/figures").content == before


def test_a_case_counts_once_its_lead_lets_it_be_told_and_no_longer(
    world: World, cast: Cast, told: list[CaseId]
) -> None:
    before = inquiries(seen(cast)).cases or 0
    (case,) = world.do(open_cases(cast, Secrecy.STUB, 1))
    assert inquiries(seen(cast)).cases == before + 1

    lead = cast.officer(HANDLER)
    world.do(conceal(cast.desk, lead, case, Secrecy.INVISIBLE))
    assert inquiries(seen(cast)).cases == before


def test_each_look_is_an_entry_with_what_was_shown(
    world: World, cast: Cast, told: list[CaseId]
) -> None:
    found = seen(cast)

    entry = last_page(world, "safe-brussels")
    assert entry["detail"] == "figures of all cases"
    shown = Pages(world).shown(entry)["counts"]
    assert shown["open anderlecht be-119ter inquiry"] == inquiries(found).cases
    assert None not in shown.values()


@pytest.mark.parametrize("who", [HANDLER, "audit/auditor"])
def test_figures_are_for_coordinators_alone(site: Site, cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        figures(cast.desk, cast.reader(who))
    with site.browser() as browser:
        play(browser, who)
        assert browser.get("/figures").status_code == 403

    with acting(cast.desk.database, cast.desk.acting(cast.officer(who))) as open_to:
        assert storage.cases(open_to) == []
        assert storage.questions(open_to, cast.today) == []


def test_no_question_that_a_guard_keeps_is_of_a_partner(cast: Cast) -> None:
    partners = {line.partner for line in seen(cast).turnaround}

    assert "pz-midi" in partners
    assert "parquet-bxl" not in partners


def test_the_command_line_says_what_the_page_says(
    terminal: Terminal, cast: Cast, told: list[CaseId]
) -> None:
    document = terminal.do(COORDINATOR, "coordination", "load")

    assert document == seen(cast).model_dump(mode="json")
