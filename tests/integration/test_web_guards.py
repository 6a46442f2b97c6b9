"""What every request and every answer of the pages passes."""

import httpx2
import pytest

from tests.deeds.cast import HANDLER
from tests.running.site import play, served
from tests.running.world import World


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
