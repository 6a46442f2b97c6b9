"""A day that cannot be is said at the field that it was typed in."""

from datetime import timedelta

import httpx2

from tests.deeds.cast import HANDLER, Cast
from tests.deeds.measures import propose_measure
from tests.running.site import play
from tests.running.world import World
from web.forms.handling import OF_AN_INQUIRY


def test_days_of_an_invitation_are_said_at_their_fields(
    world: World, cast: Cast, client: httpx2.Client
) -> None:
    case = world.do(propose_measure(cast))
    play(client, HANDLER)
    today, tomorrow = str(cast.today), str(cast.today + timedelta(days=1))

    def sent(presented: str, hearing: str) -> httpx2.Response:
        filled = {"mode": "registered", "letter": "Convocation.", "proof": "0001"}
        days = {"presented_on": presented, "hearing_on": hearing}
        return client.post(f"/cases/{case}/acts/hearing.invite", data=filled | days)

    early, late = sent(tomorrow, tomorrow), sent(today, today)

    assert early.status_code == late.status_code == 422
    assert 'href="#presented_on"' in early.text
    assert 'href="#hearing_on"' in late.text


def test_material_processed_before_it_was_collected_is_said_at_its_field(
    world: World, cast: Cast, client: httpx2.Client
) -> None:
    case = world.do(cast.open_case())
    play(client, HANDLER)
    given = {each.name: each.given for each in OF_AN_INQUIRY if each.given}
    filled = given | {"source": "src.3", "words": "Permis refusé en 2024."}

    turned = {
        "collected_on": str(cast.today),
        "processed_on": str(cast.today - timedelta(days=1)),
    }
    answer = client.post(f"/cases/{case}/acts/item.add", data=filled | turned)

    assert answer.status_code == 422
    assert 'href="#processed_on"' in answer.text
    assert "avant la collecte" in answer.text
