"""What every request and every answer of the pages passes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi.routing import APIRoute

from models.errors import Conflict
from models.ids import CaseId
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.plenty import AUDITOR, DPO
from tests.oracles.evidence import items_of
from tests.running.site import play, served
from tests.running.world import World, eventually
from web.app import PAGES

NO_TEXT = "there are characters in this that no text has"


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


def routes(method: str) -> Iterator[APIRoute]:
    """Yield the routes of the pages that are asked for so."""
    for each in (route for part in PAGES for route in part.router.routes):
        assert isinstance(each, APIRoute)
        if method in each.methods:
            yield each


def no_texts() -> Iterator[dict[str, Any]]:
    """Yield forms with something in them that is no text, as they are sent."""
    names = ("officer", "onward", "number", "words", "reason", "days", "language")
    for said in ("%00", "a%00b"):
        yield {
            "content": "&".join(f"{name}={said}" for name in names),
            "headers": {"content-type": "application/x-www-form-urlencoded"},
        }
    part = "--x\r\nContent-Disposition: form-data; name={}\r\n\r\n+2AA-\r\n"
    yield {  # in UTF-7 one half of a pair can be written, which no text has
        "content": "".join(map(part.format, names)) + "--x--\r\n",
        "headers": {"content-type": "multipart/form-data; boundary=x; charset=utf-7"},
    }


@pytest.mark.parametrize(
    "path", [*(each.path for each in routes("GET")), "/static/x", "/absent"]
)
def test_an_address_that_is_no_text_is_refused(
    client: httpx2.Client, path: str
) -> None:
    client.headers["accept-language"] = "en"
    play(client, HANDLER)
    within = path.partition("{")[0] + "%00"

    for address in (within, f"{path}?x=%00", f"{path}?%00", f"{path}?x=a&x=b%00c"):
        answer = client.get(address)
        assert (answer.status_code, NO_TEXT in answer.text) == (400, True), address


@pytest.mark.parametrize("route", [*routes("POST")], ids=lambda each: each.path)
def test_a_form_that_is_no_text_makes_no_page_fail(
    client: httpx2.Client, route: APIRoute, case: CaseId
) -> None:
    names = ("case", "handoff", "item", "draft", "made", "request", "finding", "entry")
    ids = dict.fromkeys(names, case)
    known = {"act": "item.add", "step": "close", "route": "be-119ter"}
    address = route.path.format_map({**ids, **known})
    for who in (HANDLER, DPO, AUDITOR):
        for sent in no_texts():
            play(client, who)
            answer = client.post(address, **sent)
            assert answer.status_code < 500
            if route.body_field:
                assert answer.status_code == 422


def test_words_that_are_no_text_are_not_taken_in(
    world: World, client: httpx2.Client, case: CaseId
) -> None:
    client.headers["accept-language"] = "en"
    play(client, HANDLER)
    before = len(items_of(world, "fact", case))
    for sent in no_texts():
        answer = client.post(f"/cases/{case}/acts/item.add", **sent)

        assert answer.status_code == 422
        assert NO_TEXT in answer.text
    assert len(items_of(world, "fact", case)) == before


@pytest.mark.parametrize("code", ["punycode", "idna", "utf-7", "undefined", "none", ""])
def test_a_form_in_another_code_is_refused_before_it_is_read(
    client: httpx2.Client, code: str
) -> None:
    """Half a megabyte in Punycode takes minutes, and whoever sends it is nobody."""
    client.headers["accept-language"] = "en"
    part = b'--x\r\nContent-Disposition: form-data; name="number"\r\n\r\n'
    body = part + b"b" * 500_000 + b"\r\n--x--\r\n"
    kind = f"multipart/form-data; boundary=x; charset={code}"

    answer = client.post("/search/number", content=body, headers={"content-type": kind})

    assert answer.status_code == 422
    assert NO_TEXT in answer.text


@pytest.mark.parametrize("code", ["utf-8", "UTF8", '"utf-8"'])
def test_a_form_that_says_it_is_in_utf_8_is_read(
    client: httpx2.Client, code: str
) -> None:
    play(client, HANDLER)
    kind = f"application/x-www-form-urlencoded; charset={code}"

    answer = client.post(
        "/search/number", content="number=1", headers={"content-type": kind}
    )

    assert answer.status_code == 422
    assert NO_TEXT not in answer.text
