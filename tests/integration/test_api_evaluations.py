"""Evaluations (AuthZEN): the ruling of the act, logged, and silent about the hidden."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import httpx2
import pytest

from models.ids import ItemId
from tests.deeds.cast import HANDLER, POLICE
from tests.running.site import Site
from tests.running.world import World

Ask = dict[str, object]


@pytest.fixture(scope="module")
def api(site: Site) -> Iterator[httpx2.Client]:
    with site.program(HANDLER) as made:
        made.base_url = site.address
        yield made


def access(item: UUID, officer: str = HANDLER, action: str = "read") -> Ask:
    return {
        "subject": {"type": "officer", "id": officer},
        "action": {"name": action},
        "resource": {"type": "item", "id": str(item)},
    }


def decision(api: httpx2.Client, asked: Ask) -> bool:
    answer = api.post("/access/v1/evaluation", json=asked)
    assert answer.status_code == 200, answer.text
    assert answer.json().keys() == {"decision"}
    return bool(answer.json()["decision"])


def evaluations(world: World) -> int:
    pages = "select count(*) from list_page where shown->>'query' = 'evaluation'"
    return int(world.one(pages))


def test_one_may_read_what_the_read_would_allow_and_each_question_is_logged(
    world: World, api: httpx2.Client, item: ItemId
) -> None:
    before = evaluations(world)

    assert decision(api, access(item))
    assert not decision(api, access(uuid4()))
    assert evaluations(world) == before + 2


def test_to_others_what_is_hidden_is_as_what_never_was(
    site: Site, item: ItemId
) -> None:
    with site.program(POLICE) as police:
        police.base_url = site.address
        there = police.post("/access/v1/evaluation", json=access(item, POLICE))
        nowhere = police.post("/access/v1/evaluation", json=access(uuid4(), POLICE))

        assert there.content == nowhere.content == b'{"decision":false}'
        # Nor is the officer of another agency anybody to ask about.
        assert not decision(police, access(item, HANDLER))


def test_a_colleague_who_is_not_named_may_not(api: httpx2.Client, item: ItemId) -> None:
    assert decision(api, access(item, "anderlecht/mayor"))
    assert not decision(api, access(item, "anderlecht/second"))


def test_disclosing_names_to_whom(api: httpx2.Client, item: ItemId) -> None:
    asked = access(item, action="disclose")

    assert not decision(api, asked)
    for unknown in ({"audience": "nowhere"}, {"audience": 7}):
        assert not decision(api, asked | {"context": unknown})


def test_several_are_asked_at_once_up_to_where_one_wants_to_stop(
    api: httpx2.Client, item: ItemId
) -> None:
    several = access(item) | {
        "evaluations": [
            {},
            {"resource": {"type": "item", "id": str(uuid4())}},
            {"resource": {"type": "item", "id": "none"}},
        ]
    }
    stopping = several | {"options": {"evaluations_semantic": "deny_on_first_deny"}}

    whole = api.post("/access/v1/evaluations", json=several).json()["evaluations"]
    part = api.post("/access/v1/evaluations", json=stopping).json()["evaluations"]

    assert [each["decision"] for each in whole] == [True, False, False]
    assert [each["decision"] for each in part] == [True, False]


def test_where_to_ask_is_told_to_anybody(site: Site, api: httpx2.Client) -> None:
    told = httpx2.get(f"{site.address}/.well-known/authzen-configuration").json()

    where = told["access_evaluation_endpoint"].removeprefix(
        told["policy_decision_point"]
    )
    unsaid = api.post(where, json={}, headers={"x-request-id": "one"})
    assert unsaid.status_code == 422
    assert unsaid.json()["type"] == "urn:estafette:problem:invalid-input"
    assert httpx2.post(f"{site.address}{where}", json={}).status_code == 401
