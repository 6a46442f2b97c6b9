"""One world for all tests that do not break servers; each makes a case of its own."""

from collections.abc import Iterator, Mapping
from uuid import UUID

import httpx2
import pytest
from playwright.sync_api import Browser

from acts.existence import conceal
from models.agencies import OfficerFunction
from models.ids import CaseId, HandoffId, ItemId
from models.secrecy import Secrecy
from storage.engine import transaction
from storage.people import directory
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.control import Control, Kept
from tests.deeds.pages import Pages
from tests.deeds.posting import Office, open_office
from tests.oracles.evidence import items_of
from tests.running.browsing import browsers
from tests.running.screens import MANNERS, Screens, screens
from tests.running.site import Site, served
from tests.running.terminal import Terminal
from tests.running.world import World, living_world


@pytest.fixture(scope="session")
def shared() -> Iterator[World]:
    """One world for all files that a process tests."""
    with living_world({"fsync": "off"}) as made:
        yield made


@pytest.fixture(scope="module")
def world(shared: World) -> Iterator[World]:
    """The shared world, in which no process of an earlier file follows the clock."""
    yield shared
    shared.end_processes()


@pytest.fixture(scope="session")
def cast(shared: World) -> Cast:
    return Cast(shared)


@pytest.fixture(scope="session")
def control(shared: World, cast: Cast) -> Control:
    return Control(shared, cast)


@pytest.fixture
def kept(control: Control) -> Kept:
    """A case with an answer that the police keeps a hand on."""
    return control.keep()


@pytest.fixture
def spread(world: World, control: Control, kept: Kept) -> Kept:
    """The same, with the CIEAR as one more holder."""
    world.do(control.grant(world.do(control.requested(kept))))
    return kept


@pytest.fixture(scope="session")
def fragile() -> Iterator[World]:
    """A world of its own for tests that kill servers, with the settings of a demo."""
    with living_world() as made:
        yield made


@pytest.fixture
def terminal(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """A terminal in the shared world."""
    made = Terminal(monkeypatch, capsys)
    made.enter(world)
    return made


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    """A case of the module's own with three facts, where it makes no other itself."""
    opened = world.do(cast.open_case())
    for text in ("Deux plaintes.", "Trois contrôles.", "Un constat."):
        world.do(cast.add_fact(opened, text))
    return opened


@pytest.fixture(scope="module")
def item(world: World, case: CaseId) -> ItemId:
    """One of its facts."""
    return ItemId(items_of(world, "fact", case)[0].item)


@pytest.fixture(scope="module")
def asked(world: World, cast: Cast, case: CaseId) -> HandoffId:
    """A question about it that the police answered."""
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    world.do(cast.answer(handoff))
    return handoff


@pytest.fixture(scope="module", params=Secrecy)
def hidden(
    request: pytest.FixtureRequest, world: World, cast: Cast
) -> Mapping[str, UUID]:
    """A case, a question and an item, for each of what outsiders may be told."""
    case = world.do(cast.open_case())
    handler = cast.officer(HANDLER)
    if request.param is not Secrecy.INVISIBLE:  # as it is opened
        world.do(conceal(cast.desk, handler, case, request.param))
    handoff = world.do(cast.ask(case))
    item = world.one("select id from item where case_id = %s limit 1", case)
    return {"case": case, "handoff": handoff, "item": item}


@pytest.fixture(scope="module")
def outsiders(world: World) -> list[str]:
    """An officer with each function, none of whom has a part in a case."""
    with transaction(world.desk.database) as connection:
        officers = directory.officers(connection)
    outside = [o for o in officers if o.agency not in ("anderlecht", "pz-midi")]
    chosen = (
        next((o.id for o in outside if function in o.functions), None)
        for function in OfficerFunction
    )
    return sorted({each for each in chosen if each})


@pytest.fixture(scope="module")
def no_beat() -> Iterator[None]:
    """Let what is not found come at once, for tests that compare bytes, not time.

    They ask for more of it in a minute than a person may.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.sessions.BEAT", 1e-9)
        patch.setattr("web.guards.limits.Pace.check", lambda *_: None)
        yield


@pytest.fixture
def office(world: World, cast: Cast, asked: HandoffId) -> Iterator[Office]:
    """An office that sends notices about that question."""
    with open_office(world, cast, asked) as made:
        yield made


@pytest.fixture
def pages(world: World, case: CaseId, asked: HandoffId) -> Pages:
    """The pages that a test shows of it."""
    return Pages(world)


@pytest.fixture(scope="module")
def site(world: World) -> Iterator[Site]:
    """The pages of the shared world, served to browsers."""
    with served(world) as made:
        yield made


@pytest.fixture
def client(site: Site) -> Iterator[httpx2.Client]:
    """A browser in front of them."""
    with site.browser() as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real one, in which everybody gets a window of their own."""
    with browsers() as made:
        yield made


@pytest.fixture(params=MANNERS, ids=str)
def day(
    request: pytest.FixtureRequest, browser: Browser, site: Site, cast: Cast
) -> Iterator[Screens]:
    """Screens for a day, in each manner that it is played in."""
    with screens(browser, site, cast, request.param) as made:
        yield made
