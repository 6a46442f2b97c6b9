"""Names in lists: opened for what may be read, under one entry, after the page."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from acts import people
from acts.pages.naming import names_of_cases, names_of_questions
from acts.pages.readers import readers_of
from models.errors import KeyUnknown
from models.ids import CaseId, HandoffId, ItemId, OfficerId
from models.people import ExclusionGround
from runtime.roles import Role
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.oracles.evidence import entries, items_of
from tests.running.terminal import Terminal
from tests.running.world import World

SECOND, CHIEF, COLLEGE = (
    "anderlecht/second", "anderlecht/supervisor", "anderlecht/college",
)  # fmt: skip


@pytest.fixture
def pair(world: World, cast: Cast) -> tuple[CaseId, CaseId]:
    """Two cases of the test's own."""
    names = ("Lavage Un SRL", "Lavage Deux SRL")
    one, two = (world.do(cast.open_case(enterprise_name=name)) for name in names)
    return one, two


def releases(world: World, agency: str = "anderlecht") -> list[dict[str, Any]]:
    """Return the entries by which something was released to an agency."""
    return [
        e
        for e in entries(world)
        if e["kind"] == "item.released" and e["agency"] == agency
    ]


def newest_release(world: World, agency: str = "anderlecht") -> dict[str, Any]:
    return max(releases(world, agency), key=lambda e: e["recorded_at"])


def card_of(world: World, case: CaseId) -> ItemId:
    (card,) = items_of(world, "subject_card", case)
    return ItemId(card.item)


def exclude(world: World, cast: Cast, case: CaseId, who: str) -> None:
    chief, ground = cast.officer(CHIEF), ExclusionGround.FAMILY
    world.do(people.exclude(cast.desk, chief, case, OfficerId(who), ground))


def test_all_cards_of_a_page_are_released_by_one_entry(
    world: World, cast: Cast, pair: tuple[CaseId, CaseId]
) -> None:
    before = len(releases(world))
    names = names_of_cases(cast.desk, cast.reader(HANDLER), pair)

    assert names == dict(zip(pair, ("Lavage Un SRL", "Lavage Deux SRL"), strict=True))
    assert len(releases(world)) == before + 1
    entry = newest_release(world)
    cards = {card_of(world, case) for case in pair}
    assert set(map(UUID, entry["items"])) == cards
    assert "case" not in entry and entry["rulings"]
    assert (entry["operation"], entry["purpose"]) == (
        "consultation",
        "integrity_inquiry",
    )
    rows = world.rows(
        "select id, entry_id from release where item_id = any(%s)", list(cards)
    )
    assert len(rows) == 2 and len(set(rows)) == 1
    assert {r.officer for r in readers_of(
        cast.desk, cast.reader(CHIEF), cards.pop()
    )} == {HANDLER}  # fmt: skip


def test_a_card_that_may_not_be_opened_names_nobody(
    world: World, cast: Cast, pair: tuple[CaseId, CaseId]
) -> None:
    hidden, seen = pair
    exclude(world, cast, hidden, HANDLER)

    names = names_of_cases(cast.desk, cast.reader(HANDLER), pair)

    assert names == {seen: "Lavage Deux SRL"}
    assert newest_release(world)["items"] == [str(card_of(world, seen))]
    for who in (SECOND, CHIEF, POLICE, "saint-gilles/handler"):
        assert names_of_cases(cast.desk, cast.reader(who), pair) == {}, who


def test_policy_alone_keeps_a_name_out_and_nothing_is_released(
    world: World, cast: Cast, pair: tuple[CaseId, CaseId]
) -> None:
    """The college sees what it decides on, not the file (NLC 119quinquies §4)."""
    with world.superuser() as connection:
        connection.execute(
            "insert into designation values (%s, %s, null, 'anderlecht', %s, %s, null)",
            [uuid4(), pair[0], COLLEGE, cast.today],
        )
    before = len(entries(world))

    assert names_of_cases(cast.desk, cast.reader(COLLEGE), pair) == {}
    assert len(entries(world)) == before


def test_where_the_own_node_is_not_nothing_is_released(
    world: World, cast: Cast, pair: tuple[CaseId, CaseId]
) -> None:
    before = len(entries(world))
    elsewhere = replace(cast.desk, own=cast.officer(POLICE).agency)

    with pytest.raises(KeyUnknown, match="not kept here"):
        names_of_cases(elsewhere, cast.reader(HANDLER), pair)

    assert len(entries(world)) == before


def test_without_its_entry_there_is_no_name(
    world: World, cast: Cast, pair: tuple[CaseId, CaseId]
) -> None:
    with world.connection(Role.OWNER) as owner:
        owner.execute("revoke insert on ledger_staging from estafette_acts")
    try:
        with pytest.raises(Exception, match="permission denied"):
            names_of_cases(cast.desk, cast.reader(HANDLER), pair)
    finally:
        with world.connection(Role.OWNER) as owner:
            owner.execute("grant insert on ledger_staging to estafette_acts")


def test_a_key_that_is_gone_leaves_the_row_without_a_name(
    world: World, cast: Cast, pair: tuple[CaseId, CaseId]
) -> None:
    gone, there = pair
    with world.superuser() as connection:
        connection.execute(
            "delete from item_key where item_id = %s", [card_of(world, gone)]
        )

    names = names_of_cases(cast.desk, cast.reader(HANDLER), pair)

    assert names == {there: "Lavage Deux SRL"}


def test_an_inbox_names_whom_questions_are_about_once_they_are_received(
    world: World, cast: Cast, pair: tuple[CaseId, CaseId]
) -> None:
    asked = [world.do(cast.ask(case)) for case in pair]
    world.do(cast.receive(HandoffId(asked[0])))
    first, second = (ItemId(items_of(world, "question", case)[0].item) for case in pair)

    names = names_of_questions(cast.desk, cast.reader(POLICE), [first, second])

    assert names.keys() == {first} and names[first]
    entry = newest_release(world, "pz-midi")
    assert entry["items"] == [str(first)]
    indexed = "select agency_id from number_token where item_id = %s"
    assert ("pz-midi",) in world.rows(indexed, first)


def test_the_commands_show_names_only_when_they_are_asked_for(
    terminal: Terminal, world: World, cast: Cast, pair: tuple[CaseId, CaseId]
) -> None:
    _, seen = pair
    world.do(cast.receive(world.do(cast.ask(seen))))
    plain = terminal.do(HANDLER, "case", "list", "--limit", "200")
    named = terminal.do(HANDLER, "case", "list", "--limit", "200", "--names")

    assert all("name" not in line for line in plain)
    by_case = {line["case"]["id"]: line["name"] for line in named}
    assert by_case[str(seen)] == "Lavage Deux SRL"
    page = terminal.run("case", "list", "--limit", "200", "--names", "--as", HANDLER)
    assert "Lavage Un" in page.out
    line, *_ = terminal.do(POLICE, "handoff", "inbox", "--names")["handoffs"]
    assert "about" in line
    assert "about" not in terminal.do(POLICE, "handoff", "inbox")["handoffs"][0]
    wrong = terminal.ask(HANDLER, "handoff", "inbox", "--asked-by-us", "--names")
    assert (wrong.code, wrong.error["error"]) == (2, "InvalidInput")
    overseen = terminal.do(CHIEF, "case", "list", "--limit", "200", "--names")
    assert {each["name"] for each in overseen} == {None}
    assert terminal.run("ledger", "verify").code == 0
