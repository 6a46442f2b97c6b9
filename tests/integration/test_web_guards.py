"""What every request and every answer of the pages passes."""

from datetime import timedelta

import httpx2
import pytest

from models.errors import Conflict
from tests.deeds.cast import HANDLER, Cast
from tests.running.site import play, served
from tests.running.world import World, eventually


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_changes_nothing(
    client: httpx2.Client, headers: dict[str, str]
) -> None:
    play(client, HANDLER)

    assert client.post("/sign-out", headers=headers).status_code == 403
    assert client.get("/").status_code == 200


def test_a_request_that_names_no_site_changes_nothing(client: httpx2.Client) -> None:
    play(client, HANDLER)
    del client.headers["origin"]

    assert client.post("/sign-out").status_code == 403


@pytest.mark.parametrize(
    "onward",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"],
)
def test_nobody_is_sent_on_to_another_site(client: httpx2.Client, onward: str) -> None:
    answer = client.post(
        "/sign-in/persona", data={"officer": HANDLER, "onward": onward}
    )

    assert answer.headers["location"] == "/"


def test_pages_tell_browsers_what_to_refuse(client: httpx2.Client) -> None:
    headers = client.get("/sign-in").headers

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["cache-control"] == "private, no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_over_tls_cookies_are_bound_to_the_host(world: World) -> None:
    with served(world, address="https://localhost") as site, site.browser() as client:
        client.headers["origin"] = site.address.replace("http://", "https://")
        answer = play(client, HANDLER)

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-estafette=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_foreign_host_name_is_refused(client: httpx2.Client) -> None:
    assert client.get("/sign-in", headers={"host": "elsewhere"}).status_code == 400


def test_days_that_pass_already_are_neither_lost_nor_doubled(
    world: World, cast: Cast
) -> None:
    before, day = cast.today, timedelta(days=1)
    world.clock.advance(day, seconds=0.5)

    def passed_again() -> bool:
        try:
            world.clock.advance(day, seconds=0.1)
        except Conflict:
            return False
        return True

    assert not passed_again()
    assert eventually(passed_again)
    assert eventually(lambda: cast.today == before + 2 * day)


def test_until_a_day_is_counted_from_where_others_left_the_clock(
    world: World, cast: Cast
) -> None:
    there = cast.today + timedelta(days=3)
    world.clock.advance(timedelta(days=2), seconds=0.01)
    assert eventually(lambda: cast.today == there - timedelta(days=1))
    world.clock.advance(there, seconds=0.01)
    assert eventually(lambda: cast.today == there)


@pytest.mark.parametrize("days", ["0", "-1", "3661", "many"])
def test_pages_let_no_days_pass_that_cannot(
    client: httpx2.Client, cast: Cast, days: str
) -> None:
    before = cast.today
    play(client, HANDLER)

    answer = client.post("/days", data={"days": days})

    assert answer.status_code == 422
    assert f"«\xa0{days}\xa0»" in answer.text
    assert cast.today == before
