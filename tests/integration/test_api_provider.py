"""Tokens of a real provider: programs of agencies, and officers by the device flow."""

from collections.abc import Iterator
from uuid import uuid4

import httpx2
import pytest

from models.agencies import OfficerFunction
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.staff import hire
from tests.running.provider import Behind, behind_a_provider, token_of_program
from tests.running.site import Site
from tests.running.world import World

PROGRAM = "onss/service:intake"


@pytest.fixture(scope="module")
def behind(world: World) -> Iterator[Behind]:
    with behind_a_provider(world) as made:
        yield made


def bearing(site: Site, token: str) -> httpx2.Client:
    return httpx2.Client(
        base_url=f"{site.address}/api/v1",
        headers={"authorization": f"Bearer {token}"},
        timeout=30,
    )


@pytest.fixture(scope="module")
def program(world: World, cast: Cast, behind: Behind) -> Iterator[httpx2.Client]:
    token = token_of_program(behind.provider)
    with bearing(behind.site, token) as unknown:
        assert unknown.get("/me").status_code == 401  # not in the directory yet
    hire(world, cast, PROGRAM, OfficerFunction.ANALYST)
    with bearing(behind.site, token) as made:
        yield made


def test_a_program_is_an_officer_of_its_agency_with_its_own_limits(
    program: httpx2.Client,
) -> None:
    told = program.get("/me").json()

    assert told["officer"]["id"] == PROGRAM
    assert told["officer"]["functions"] == ["analyst"]
    assert told["agency_kind"] == "social"


def test_to_a_program_what_was_put_to_another_agency_is_absent(
    world: World, cast: Cast, program: httpx2.Client
) -> None:
    case = world.do(cast.open_case())
    asked = world.do(cast.ask(case, to="pz-midi"))

    answer = program.post(
        f"/handoffs/{asked}/acts/handoff.receive",
        headers={"idempotency-key": str(uuid4())},
    )

    assert answer.status_code == 404  # it was put to another agency
    assert program.get("/inbox").status_code == 200


def test_no_program_gives_a_stronger_proof(program: httpx2.Client) -> None:
    answer = program.post(
        f"/cases/{uuid4()}/acts/case.close",
        json={"reasons": "Rien."},
        headers={"idempotency-key": str(uuid4())},
    )

    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:estafette:problem:not-proven"
    challenge = answer.headers["www-authenticate"]
    assert 'error="insufficient_user_authentication"' in challenge
    assert 'acr_values="urn:estafette:strong"' in challenge


def test_behind_a_provider_nobody_plays_a_persona(behind: Behind) -> None:
    address = f"{behind.site.address}/api/v1/demo/token"

    assert httpx2.post(address, json={"officer": HANDLER}).status_code == 404
