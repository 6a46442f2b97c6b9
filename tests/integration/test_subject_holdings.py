"""What an agency holds about who asks, and what of it may be said."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from models.handling import Regime
from models.ids import CaseId, ItemId
from tests.deeds.cast import Cast
from tests.deeds.subject_requests import REQUEST, record
from tests.oracles.evidence import items_of
from tests.pieces.numbers import enterprise, establishment
from tests.running.terminal import Terminal
from tests.running.world import World

DPO = "anderlecht/dpo"
SECRET = (
    b"update item set header = convert_to(replace(convert_from(header, 'UTF8'),"
    b' \'"regime":"gdpr"\', \'"regime":"intelligence"\'), \'UTF8\') where id = any(%s)'
)


@pytest.fixture
def asked(terminal: Terminal, cast: Cast) -> dict[str, Any]:
    return record(terminal, DPO, cast.today)


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    """A case about the person, in which the police answered under its own regime."""
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case, "Permis refusé en 2024."))
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))
    world.do(cast.accept(handoff))
    world.do(cast.answer(handoff, regime=Regime.POLICE))
    return case


def test_it_says_what_is_held_and_what_may_not_be_said(
    terminal: Terminal, cast: Cast, case: CaseId, asked: dict[str, Any]
) -> None:
    found = terminal.do(DPO, *REQUEST, "held", asked["id"])
    own = [e for e in found["found"] if e["held"]["case"] == str(case)]

    told = {(e["held"]["kind"], e["held"]["originator"]): e["delay"] for e in own}
    assert {"subject_card", "fact", "question", "answer"} <= {k for k, _ in told}
    assert told["fact", "anderlecht"]["until"] == "final_decision"
    assert told["answer", "pz-midi"]["article"] == "LVP art. 42"
    assert {e["held"]["kind"] for e in own if e["opens"]} == {"subject_card"}
    assert [rule["regime"] for rule in found["rules"]] == [*Regime]


@contextmanager
def under_intelligence(world: World, items: Collection[ItemId]) -> Iterator[None]:
    """Let items be intelligence data for a while."""
    query = "select id, header from item where id = any(%s)"
    kept = world.rows(query, list(items))
    with world.superuser() as connection:
        connection.execute(SECRET, [list(items)])
    yield
    with world.superuser() as connection:
        for item, header in kept:
            back = b"update item set header = %s where id = %s"
            connection.execute(back, [header, item])


def test_of_intelligence_data_not_even_the_dpo_is_told_that_there_are_any(
    terminal: Terminal, world: World, case: CaseId, asked: dict[str, Any]
) -> None:
    (fact,) = items_of(world, "fact", case)
    before = terminal.do(DPO, *REQUEST, "held", asked["id"])
    with under_intelligence(world, [fact.item]):
        after = terminal.do(DPO, *REQUEST, "held", asked["id"])

    assert str(fact.item) in str(before)
    assert "intelligence" not in str(after["found"])
    assert str(fact.item) not in str(after)
    assert before["rules"] == after["rules"]


def test_a_number_that_stands_in_intelligence_data_alone_leads_to_no_case(
    terminal: Terminal, world: World, case: CaseId, asked: dict[str, Any]
) -> None:
    query = "select item_id from number_token where case_id = %s"
    numbered = {item for (item,) in world.rows(query, case)}
    with under_intelligence(world, numbered):
        found = terminal.do(DPO, *REQUEST, "held", asked["id"])

    assert numbered
    assert str(case) not in str(found)


def test_whoever_is_kept_out_of_the_case_finds_nothing_of_it(
    terminal: Terminal, world: World, cast: Cast, case: CaseId, asked: dict[str, Any]
) -> None:
    row = (
        b"insert into exclusion (id, case_id, agency_id, officer_id, ground, from_day)"
        b" values (gen_random_uuid(), %s, 'anderlecht', %s, 'family', legal_day())"
    )
    with world.superuser() as connection:
        connection.execute(row, [case, DPO])
    try:
        found = terminal.do(DPO, *REQUEST, "held", asked["id"])
    finally:
        with world.superuser() as connection:
            again = b"delete from exclusion where case_id = %s and officer_id = %s"
            connection.execute(again, [case, DPO])

    assert str(case) not in str(found)


@pytest.mark.parametrize("number", [establishment, enterprise])
def test_who_asks_by_the_number_of_their_firm_is_found_by_it(
    terminal: Terminal,
    world: World,
    cast: Cast,
    number: Callable[[], str],
) -> None:
    theirs = number()
    field = f"{number.__name__}_number"
    case = world.do(cast.open_case(**{field: theirs}))
    request = record(terminal, DPO, cast.today, number=theirs)

    found = terminal.do(DPO, *REQUEST, "held", request["id"])["found"]

    assert {each["held"]["case"] for each in found} == {str(case)}
