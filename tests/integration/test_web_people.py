"""Officers are named, kept out and stood in for on pages; items are kept a hand on."""

from collections.abc import Iterator
from contextlib import ExitStack

import httpx2
import pytest

from models.ids import CaseId
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.control import CIEAR, Control, Kept
from tests.deeds.guarding import CHIEF, MAGISTRATE, ask, name_chief, prepare
from tests.oracles.evidence import standing
from tests.running.site import Site, play
from tests.running.world import World

SECOND, CHIEF_OF_POLICE = "anderlecht/second", "pz-midi/supervisor"
Browsers = dict[str, httpx2.Client]


@pytest.fixture
def browsers(site: Site) -> Iterator[Browsers]:
    with ExitStack() as stack:
        made = {}
        for who in (MAYOR, HANDLER, SECOND, POLICE, CIEAR, CHIEF, CHIEF_OF_POLICE):
            made[who] = stack.enter_context(site.browser())
            play(made[who], who)
        yield made


def act(browser: httpx2.Client, path: str, **filled: str) -> str:
    """Do an act on a page that offers it; return where it leads."""
    assert browser.get(path).status_code == 200
    answer = browser.post(path, data=filled)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_an_officer_is_named_kept_out_and_let_in_again(
    world: World, cast: Cast, browsers: Browsers
) -> None:
    case = world.do(cast.open_case())
    acts = f"/cases/{case}/acts"
    second = browsers[SECOND]

    act(browsers[MAYOR], f"{acts}/case.designate", officer=SECOND)
    assert second.get(f"/cases/{case}").status_code == 200
    act(
        browsers[MAYOR], f"{acts}/case.exclude", officer=SECOND, ground="family"
    )  # fmt: skip
    assert second.get(f"/cases/{case}").status_code == 404
    assert "AND-015" in browsers[MAYOR].get(f"/cases/{case}").text
    act(browsers[MAYOR], f"{acts}/case.readmit", officer=SECOND)


def test_whoever_declares_a_conflict_is_led_home(
    world: World, cast: Cast, browsers: Browsers
) -> None:
    case = world.do(cast.open_case())
    act(browsers[MAYOR], f"/cases/{case}/acts/case.designate", officer=SECOND)

    there = act(browsers[SECOND], f"/cases/{case}/acts/case.recuse", ground="financial")

    assert there == "/?done=recorded"
    assert browsers[SECOND].get(f"/cases/{case}").status_code == 404


def test_a_question_shows_who_works_on_it_and_on_the_case_alone(
    world: World, cast: Cast, browsers: Browsers
) -> None:
    case = world.do(cast.open_case())
    one, other = world.do(cast.ask(case)), world.do(cast.ask(case))
    for each in (one, other):
        act(
            browsers[CHIEF_OF_POLICE],
            f"/handoffs/{each}/acts/handoff.designate",
            officer=POLICE,
        )

    page = browsers[POLICE].get(f"/handoffs/{one}").text

    assert f"pour la question {str(one)[:8]}" in page
    assert f"pour la question {str(other)[:8]}" not in page


def test_an_item_goes_on_when_its_originator_lets_it(
    world: World, kept: Kept, browsers: Browsers
) -> None:
    act(
        browsers[HANDLER], f"/items/{kept.item}/acts/item.request_release",
        **{"for": f"{kept.served} ciear-bxl"}, reasons="À recouper.",
    )  # fmt: skip
    query = "select id from handoff where case_id = %s and kind = 'release'"
    request = world.one(query, kept.case)
    act(browsers[POLICE], f"/handoffs/{request}/acts/handoff.receive")
    assert "CIEAR de Bruxelles" in browsers[POLICE].get(f"/handoffs/{request}").text
    act(browsers[POLICE], f"/handoffs/{request}/acts/item.grant")

    opened = browsers[CIEAR].post(f"/items/{kept.item}", data={"reason": "answering"})
    assert "plombastique" in opened.text
    act(browsers[POLICE], f"/items/{kept.item}/acts/item.recall", ground="incorrect")
    assert str(kept.item)[:8] in browsers[POLICE].get("/recalls").text
    gone = browsers[CIEAR].post(f"/items/{kept.item}", data={"reason": "answering"})
    assert gone.status_code == 403


def test_a_superior_sees_who_read_an_item(
    control: Control, kept: Kept, browsers: Browsers
) -> None:
    control.read(kept.item, HANDLER)

    shown = browsers[CHIEF_OF_POLICE].get(f"/items/{kept.item}/readers")
    assert shown.status_code == 200
    assert "Commune d&#39;Anderlecht" in shown.text
    assert browsers[POLICE].get(f"/items/{kept.item}/readers").status_code == 403


def test_the_second_key_lets_an_answer_leave_on_its_page(
    world: World, cast: Cast, case: CaseId, browsers: Browsers
) -> None:
    question = world.do(ask(cast, case))
    world.do(cast.receive(question, who=MAGISTRATE))
    world.do(prepare(cast, question))
    world.do(name_chief(cast, question))
    page = browsers[CHIEF].get(f"/handoffs/{question}").text

    assert f"/handoffs/{question}/acts/handoff.decline" in page
    act(browsers[CHIEF], f"/handoffs/{question}/acts/handoff.confirm")
    assert standing(world, question) == "answered"


def test_a_cover_is_arranged_and_ended(cast: Cast, browsers: Browsers) -> None:
    day = cast.today.isoformat()
    days = {"from_day": day, "until_day": day}
    names = {"absent": HANDLER, "covering": SECOND}
    mayor = browsers[MAYOR]

    assert mayor.post("/covers", data=names).status_code == 422
    assert mayor.post("/covers", data=names | days).status_code == 303
    assert (
        '<th scope="row">gestionnaire de dossier AND-015</th>'
        in mayor.get("/covers").text
    )
    assert browsers[HANDLER].post("/covers", data=names | days).status_code == 403
    by_whom = "organisé par un supérieur hiérarchique ou par le bourgmestre"
    assert by_whom in browsers[HANDLER].get("/covers").text
    assert by_whom not in mayor.get("/covers").text
    assert mayor.post("/covers/end", data={"back": HANDLER}).status_code == 303


def test_an_emergency_is_declared_with_a_whole_id_and_reviewed(
    world: World, kept: Kept, browsers: Browsers
) -> None:
    filled = {"case": str(kept.case), "ground": "danger", "hours": "2"}
    second = browsers[SECOND]

    assert second.get(f"/cases/{kept.case}").status_code == 404
    assert second.post("/emergency", data=filled | {"case": "7dfc"}).status_code == 422
    answer = second.post("/emergency", data=filled)
    assert answer.headers["location"] == f"/cases/{kept.case}?done=recorded"
    assert second.get(f"/cases/{kept.case}").status_code == 200
