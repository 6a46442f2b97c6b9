"""Takes pictures of the pages anew: `make screenshots`.

A world of its own in which something of everything happened, each page in French by
day and in Dutch by night; ids and days differ each time, so pictures are renewed when
pages change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from acts.existence import conceal
from models.ids import CaseId
from models.secrecy import Secrecy
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.control import Control
from tests.deeds.plenty import AUDITOR, DPO, happen
from tests.running.browsing import PHONE, browsers, send, window
from tests.running.site import Site, served
from tests.running.world import World, living_world

HERE = Path(__file__).parents[1] / "docs" / "screenshots"
WIDE = ViewportSize(width=1080, height=720)
COORDINATOR = "safe-brussels/coordinator"
_ASKED = {
    "to": "src.2 pz-midi",
    "question": "Quels contrôles, depuis un an ?",
    "context": "Enquête d'intégrité.",
}


@dataclass(frozen=True)
class Picture:
    """A page, as somebody has it in front of them; with a form, as it answers that."""

    name: str
    who: str
    path: str
    form: Mapping[str, str] | None = None
    narrow: bool = False


# In the order of a case, and then of those who watch.
PICTURES = (
    Picture("opening", MAYOR, "/open/be-119ter"),
    Picture("today", HANDLER, "/?names=true"),
    Picture("case", HANDLER, "/cases/{case}"),
    Picture("ask", HANDLER, "/cases/{case}/acts/handoff.ask"),
    Picture("preview", HANDLER, "/cases/{case}/acts/handoff.ask", _ASKED),
    Picture("inbox", POLICE, "/inbox"),
    Picture("question", POLICE, "/handoffs/{waiting}"),
    Picture("answer", POLICE, "/handoffs/{waiting}/acts/handoff.answer"),
    Picture("answered", HANDLER, "/handoffs/{handoff}"),
    Picture("decision", HANDLER, "/cases/{decided}/decision"),
    Picture("notices", HANDLER, "/notices"),
    Picture("figures", COORDINATOR, "/figures"),
    Picture("audit", AUDITOR, "/audit"),
    Picture("trail", AUDITOR, "/audit/trail"),
    Picture("entry", AUDITOR, "/audit/entries/{entry}"),
    Picture("verify", AUDITOR, "/verify"),
    Picture("list", DPO, "/statutory/{made}", {}),
    Picture("phone", HANDLER, "/cases/{case}", narrow=True),
)


def fill(world: World) -> dict[str, object]:
    """Let something of everything happen; return the ids of it."""
    cast = Cast(world)
    lead = cast.officer(HANDLER)
    for _ in range(6):  # figures are shown from five cases on
        case = world.do(cast.open_case())
        world.do(conceal(cast.desk, lead, case, Secrecy.STUB))
        world.do(cast.ask(case))
    found = happen(world, cast, Control(world, cast))
    waiting = world.do(cast.ask(CaseId(found.ids["case"])))
    world.do(cast.receive(waiting))
    return {**found.ids, "decided": found.decided, "waiting": waiting}


def take(browser: Browser, site: Site, picture: Picture, path: str) -> None:
    """Take a picture by day and by night."""
    for language, scheme in (("fr", "light"), ("nl", "dark")):
        with window(
            browser,
            site.address,
            locale=language,
            color_scheme=scheme,
            viewport=PHONE if picture.narrow else WIDE,
        ) as page:
            page.goto("/sign-in")
            page.click(f"button[value='{picture.who}']")
            if picture.form is None:
                page.goto(path)
            else:
                send(page, path, picture.form)
            page.screenshot(path=HERE / f"{picture.name}.{language}.png")


def main() -> None:
    """Take all pictures."""
    HERE.mkdir(exist_ok=True)
    for old in HERE.glob("*.png"):
        old.unlink()
    with living_world({"fsync": "off"}) as world:
        there = fill(world)
        with served(world) as site, browsers() as browser:
            for picture in PICTURES:
                take(browser, site, picture, picture.path.format_map(there))


if __name__ == "__main__":
    main()
