"""Every resource of the API, for every function, in every mode of secrecy."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from models.papers import PaperKind
from tests.deeds.cast import HANDLER
from tests.interference.resources import (
    ASKED,
    DONE,
    EXISTENCE,
    QUIET,
    READ,
    about,
)
from tests.running.site import Site
from web.api.app import PARTS
from web.api.door import TokenDoor

pytestmark = pytest.mark.usefixtures("no_beat")
Hidden = Mapping[str, UUID]
ABSENT = {"case": uuid4(), "handoff": uuid4(), "item": uuid4()}
ALL: dict[str, dict[str, Any] | None] = {
    # What outsiders are told by it, the lead lets them: test_secrecy holds that.
    **{path: None for path in READ if "{" in path and path != EXISTENCE},
    **{path: body for path, body in (ASKED | DONE).items() if "{" in path},
    **{path: ASKED[path] for path in QUIET if path in ASKED},
}


@pytest.fixture(scope="module")
def programs(outsiders: list[str], site: Site) -> Iterator[list[httpx2.Client]]:
    with ExitStack() as stack:
        yield [stack.enter_context(site.program(each)) for each in outsiders]


def shown(
    program: httpx2.Client, path: str, body: dict[str, Any] | None, ids: Hidden
) -> tuple[object, ...]:
    """Return all that came, with a word in the place of the ids that were asked for."""
    answer = program.request(
        "GET" if body is None else "POST",
        program.base_url.copy_with(path=path.format_map(ids)),
        json=about(body, ids),
        headers={"idempotency-key": str(uuid4())},
    )
    text = answer.text
    for name, identifier in ids.items():
        text = text.replace(str(identifier)[:8], name)
    headers = {k: v for k, v in answer.headers.items() if k != "date"}
    return answer.status_code, headers, text


def test_to_whoever_has_no_part_in_it_hidden_is_as_absent(
    programs: list[httpx2.Client], hidden: Hidden
) -> None:
    # Each resource in each mode, and each function now and then: the tests of pages
    # walk all of both, and the walls behind them are the same.
    whoever = cycle(programs)
    for path, body in ALL.items():
        program = next(whoever)
        there = shown(program, path, body, hidden)
        nowhere = shown(program, path, body, ABSENT)

        assert there == nowhere, path
        assert there[0] in ((200,) if path in QUIET else (403, 404))


def test_the_walk_sees_what_is_not_hidden(site: Site, hidden: Hidden) -> None:
    with site.program(HANDLER) as program:
        assert shown(program, "/api/v1/cases/{case}", None, hidden)[0] == 200
        assert shown(program, "/api/v1/cases/{case}", None, ABSENT)[0] == 404


def test_every_resource_asks_for_a_token(site: Site) -> None:
    routes = [route for part in PARTS for route in part.router.routes]
    guarded = [
        route
        for route in routes
        if any(isinstance(d.call, TokenDoor) for d in route.dependant.dependencies)
    ]
    assert len(guarded) > len(ALL)
    with httpx2.Client(base_url=site.address) as stranger:
        for route in guarded:
            words = {**ABSENT, "act": uuid4(), "route": "be-119ter", "agency": "deipp"}
            words |= dict.fromkeys((*PaperKind, "entry"), uuid4())
            path = route.path.format_map(words | {"version": "2026-01-01"})
            (method,) = route.methods

            assert stranger.request(method, path, json={}).status_code == 401, path
