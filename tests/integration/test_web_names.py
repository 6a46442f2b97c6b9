"""Names in a list are a read of their own, which nobody else's page may cause."""

import httpx2

from tests.deeds.cast import HANDLER, Cast
from tests.running.site import play
from tests.running.world import World


def test_a_link_on_another_site_opens_no_names(
    world: World, cast: Cast, client: httpx2.Client
) -> None:
    world.do(cast.open_case())
    opened = "select count(*) from sighting where kind = 'item.released'"
    before = world.one(opened)
    play(client, HANDLER)

    client.get("/?names=true", headers={"sec-fetch-site": "cross-site"})
    assert world.one(opened) == before

    client.get("/?names=true", headers={"sec-fetch-site": "same-origin"})
    assert world.one(opened) > before
