"""A request for advice that says otherwise than the register did comes back."""

import html

import httpx2

from tests.deeds.cast import MAYOR, REGISTRAR, Cast
from tests.running.site import play
from tests.running.world import World


def test_what_contradicts_the_register_is_said_at_its_field_with_help(
    world: World, cast: Cast, client: httpx2.Client
) -> None:
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case))
    query = world.do(cast.query_register(case))
    world.do(cast.receive(query, who=REGISTRAR))
    world.do(cast.answer(query, "Pas de hit.", who=REGISTRAR, hit=False))
    play(client, MAYOR)

    filled = {
        "to": "src.8 deipp",
        "inquiry": "Bases communales.",
        "register_hit": "hit",
        "motivation": "Une mesure paraît nécessaire.",
    }
    answer = client.post(f"/cases/{case}/acts/advice.request", data=filled)

    page = html.unescape(answer.text)
    assert answer.status_code == 422
    assert 'href="#register_hit"' in page
    assert 'id="register_hit-fault"' in page
    assert "<p>choisissez ce que le registre a répondu</p>" in page
