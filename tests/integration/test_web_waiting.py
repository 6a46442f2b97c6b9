"""What was stored while nobody listened shows until it is settled, or was refused."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest

from models.ids import ActId, CaseId
from tests.deeds.cast import HANDLER, MAYOR, Cast
from tests.running.site import Site, play
from tests.running.world import World

STORED, REFUSED = "Enregistré, pas encore pris en charge", "refusé depuis"


@pytest.fixture
def browsers(site: Site) -> Iterator[dict[str, httpx2.Client]]:
    with site.browser() as mayor, site.browser() as handler:
        play(mayor, MAYOR)
        play(handler, HANDLER)
        yield {MAYOR: mayor, HANDLER: handler}


@contextmanager
def as_if(world: World, act: ActId, state: str, settled_at: str) -> Iterator[None]:
    """Let an act stand otherwise for a while; then it waits again for the relay."""
    change = (
        f"update intent set state = %s, settled_at = {settled_at} where act_id = %s"  # noqa: S608
    )
    with world.superuser() as connection:
        connection.execute(change.encode(), [state, act])
    yield
    with world.superuser() as connection:
        connection.execute(
            "update intent set state = 'staged', settled_at = null where act_id = %s",
            [act],
        )


def waiting(browser: httpx2.Client, place: str) -> str:
    """Return the list of what waits, or was refused after it had waited."""
    return browser.get(place).text.partition(STORED)[2].partition("</ul>")[0]


def test_an_act_that_waits_is_shown_to_whoever_did_it(
    world: World, cast: Cast, case: CaseId, browsers: dict[str, httpx2.Client]
) -> None:
    places = ("/", f"/cases/{case}")
    before = {
        (who, at): waiting(browsers[who], at) for who in browsers for at in places
    }
    done = world.do(cast.unheard().add_fact(case, "Un constat de plus."))
    assert not done.taken_up

    for place in places:
        assert waiting(browsers[HANDLER], place) != before[HANDLER, place]
        assert waiting(browsers[MAYOR], place) == before[MAYOR, place]

    later = "stored_at + interval '1 minute'"
    with as_if(world, done.act, "refused", later):
        assert REFUSED in browsers[HANDLER].get("/").text
