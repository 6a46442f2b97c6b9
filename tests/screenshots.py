"""Takes pictures of the pages anew: `make screenshots`.

A world of its own with a case under way, each page in French by day and in Dutch by
night; ids and days differ each time, so pictures are renewed when pages change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from models.ids import CaseId, HandoffId
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.oracles.evidence import items_of
from tests.running.browsing import browsers, window
from tests.running.site import Site, served
from tests.running.world import World, living_world

HERE = Path(__file__).parents[1] / "docs" / "screenshots"
WIDE = {"width": 1080, "height": 720}
NARROW = {"width": 390, "height": 780}
AUDITOR, COORDINATOR = "audit/auditor", "safe-brussels/coordinator"


@dataclass(frozen=True)
class Picture:
    """A page, as somebody has it in front of them."""

    name: str
    who: str
    path: str
    narrow: bool = False


def happen(world: World) -> tuple[CaseId, HandoffId, HandoffId]:
    """Let a case be opened, two questions be put and one of them be answered."""
    cast = Cast(world)
    case = world.do(cast.open_case())
    for text in ("Deux plaintes de riverains.", "Un contrôle sans suite."):
        world.do(cast.add_fact(case, text))
    answered = world.do(cast.ask(case))
    world.do(cast.receive(answered))
    world.do(cast.accept(answered))
    world.do(cast.answer(answered))
    waiting = world.do(cast.ask(case))
    world.do(cast.query_register(case))
    assert items_of(world, "fact", case)
    return case, answered, waiting


def pictures(
    case: CaseId, answered: HandoffId, waiting: HandoffId
) -> Iterator[Picture]:
    """Yield what is shown, in the order of a case."""
    yield Picture("today", HANDLER, "/?names=true")
    yield Picture("case", HANDLER, f"/cases/{case}")
    yield Picture("ask", HANDLER, f"/cases/{case}/acts/handoff.ask")
    yield Picture("inbox", POLICE, "/inbox")
    yield Picture("question", POLICE, f"/handoffs/{waiting}")
    yield Picture("answer", POLICE, f"/handoffs/{waiting}/acts/handoff.answer")
    yield Picture("answered", HANDLER, f"/handoffs/{answered}")
    yield Picture("notices", HANDLER, "/notices")
    yield Picture("trail", AUDITOR, "/audit/trail")
    yield Picture("figures", COORDINATOR, "/figures")
    yield Picture("phone", HANDLER, f"/cases/{case}", narrow=True)


def take(browser: Browser, site: Site, picture: Picture) -> None:
    """Take a picture by day and by night."""
    for language, scheme in (("fr", "light"), ("nl", "dark")):
        with window(
            browser,
            site.address,
            locale=language,
            color_scheme=scheme,
            viewport=NARROW if picture.narrow else WIDE,
        ) as page:
            sign_in(page, picture.who)
            page.goto(picture.path)
            page.screenshot(path=HERE / f"{picture.name}.{language}.png")


def sign_in(page: Page, who: str) -> None:
    """Play somebody."""
    page.goto("/sign-in")
    page.click(f"button[value='{who}']")


def main() -> None:
    """Take all pictures."""
    HERE.mkdir(exist_ok=True)
    for old in HERE.glob("*.png"):
        old.unlink()
    with living_world({"fsync": "off"}) as world:
        there = happen(world)
        with served(world) as site, browsers() as browser:
            for picture in pictures(*there):
                take(browser, site, picture)


if __name__ == "__main__":
    main()
