"""To whom an item was released: told to superiors, and borne out by entries."""

from uuid import uuid4

import orjson
import pytest

from acts.items.reading import read_item
from acts.pages import lists
from acts.pages.one_handoff import show_handoff
from acts.pages.readers import readers_of
from models.errors import NotPermitted
from models.ids import CaseId, HandoffId, ItemId
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.pages import Pages
from tests.oracles.absence import heard
from tests.oracles.evidence import items_of
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

SUPERIOR = "anderlecht/supervisor"
POLICE_CHIEF = "pz-midi/supervisor"


def test_readers_of_the_own_agency_have_names_and_others_a_number(
    world: World, cast: Cast, case: CaseId, asked: HandoffId
) -> None:
    (answer,) = items_of(world, "answer", case)
    item = ItemId(answer.item)
    read_item(cast.desk, cast.reader(HANDLER), item)
    lists.list_items(cast.desk, cast.reader(HANDLER), case)
    show_handoff(cast.desk, cast.reader(POLICE), asked)

    here = readers_of(cast.desk, cast.reader(SUPERIOR), item)
    there = readers_of(cast.desk, cast.reader(POLICE_CHIEF), item)

    assert {(r.agency, r.officer) for r in here} == {("anderlecht", HANDLER)}
    assert {r.kind for r in here} == {"item.released", "list.shown"}
    others = [r for r in there if r.agency != "pz-midi"]
    assert {(r.officer, r.kind, r.function) for r in others} == {
        ("", "item.released", "handler")
    }
    assert all(r.service_number for r in others)
    assert {r.officer for r in there} == {"", POLICE}


def test_a_superior_sees_why_colleagues_opened_it_and_not_why_others_did(
    world: World, cast: Cast, case: CaseId, asked: HandoffId
) -> None:
    """Why others look is theirs: it would tell that somebody checks on them."""
    (answer,) = items_of(world, "answer", case)
    item = ItemId(answer.item)
    read_item(cast.desk, cast.reader(HANDLER), item)

    def reasons(superior: str) -> set[tuple[str, str]]:
        found = readers_of(cast.desk, cast.reader(superior), item)
        return {(r.agency, r.reason) for r in found if r.kind == "item.released"}

    assert eventually(lambda: reasons(SUPERIOR) == {("anderlecht", "asking")})
    assert ("anderlecht", "") in reasons(POLICE_CHIEF)
    query = b"select count(*) from reasons_to_open(%s)"
    for who in (HANDLER, POLICE, "saint-gilles/supervisor", POLICE_CHIEF):
        with world.seat(cast.officer(who)) as seat:
            assert seat.execute(query, [item]).fetchone() == (0,)


def test_no_wall_lets_the_name_of_a_reader_through(world: World, cast: Cast) -> None:
    with pytest.raises(Exception, match="permission denied"):
        with world.seat(cast.officer(POLICE_CHIEF)) as seat:
            seat.execute("select officer_id from sighting")


def test_a_receiver_does_not_learn_who_saw_the_item_at_its_giver(
    world: World, cast: Cast, case: CaseId, asked: HandoffId
) -> None:
    (question,) = items_of(world, "question", case)
    item = ItemId(question.item)
    read_item(cast.desk, cast.reader(HANDLER), item)
    show_handoff(cast.desk, cast.reader(POLICE), asked)

    seen = readers_of(cast.desk, cast.reader(POLICE_CHIEF), item)

    assert {r.agency for r in seen} == {"pz-midi"}


@pytest.mark.parametrize("who", ["saint-gilles/supervisor", POLICE_CHIEF])
def test_readers_of_a_hidden_item_are_as_unknown_as_those_of_none(
    world: World, cast: Cast, case: CaseId, who: str
) -> None:
    fact = items_of(world, "fact", case)[0]
    lists.list_items(cast.desk, cast.reader(HANDLER), case)

    def look(item: ItemId) -> object:
        return readers_of(cast.desk, cast.reader(who), item)

    assert heard(look, ItemId(fact.item)) == heard(look, ItemId(uuid4()))


@pytest.mark.parametrize("who", [HANDLER, MAYOR, POLICE])
def test_who_is_no_superior_is_not_told_who_read(
    world: World, cast: Cast, case: CaseId, who: str
) -> None:
    fact = items_of(world, "fact", case)[0]

    with pytest.raises(NotPermitted):
        readers_of(cast.desk, cast.reader(who), ItemId(fact.item))
    with world.seat(cast.officer(who)) as seat:
        assert seat.execute("select 1 from sighting").fetchall() == []


def test_nobody_writes_down_that_somebody_else_saw_an_item(
    world: World, cast: Cast
) -> None:
    with pytest.raises(Exception, match="row-level"):
        with world.seat(cast.officer(HANDLER)) as seat:
            seat.execute(
                "insert into sighting values (%s, %s, %s, 'x', 'anderlecht', %s, '',"
                " '', '', now())",
                [uuid4(), uuid4(), uuid4(), MAYOR],
            )


@pytest.mark.parametrize(
    "change",
    [
        "update sighting set officer_id = 'anderlecht/second' where entry_id = %s",
        "update sighting set agency_id = 'pz-midi' where entry_id = %s",
        "update sighting set kind = 'item.released' where entry_id = %s",
        "update sighting set originator = 'pz-midi' where entry_id = %s",
        "delete from sighting where entry_id = %s",
        "insert into sighting select item_id, gen_random_uuid(), case_id, originator,"
        " agency_id, officer_id, function, service_number, kind, at from sighting"
        " where entry_id = %s",
        "update list_page set salt = sha256(salt) where entry_id = %s",
        "update list_page set shown = jsonb_set(shown, '{items}', '[]')"
        " where entry_id = %s",
        "delete from list_page where entry_id = %s",
    ],
)
def test_an_index_or_page_that_was_altered_is_found(
    terminal: Terminal, world: World, cast: Cast, change: str, case: CaseId,
    pages: Pages,
) -> None:  # fmt: skip
    lists.list_items(cast.desk, cast.reader(HANDLER), case)
    (entry,) = pages.entries()
    kept = {}
    with world.superuser() as connection:
        for table in ("sighting", "list_page"):
            query = f"select row_to_json(s) from {table} s"  # noqa: S608
            kept[table] = [row for (row,) in connection.execute(query.encode())]
        connection.execute(change.encode(), [entry["id"]])
    try:
        answer = terminal.run("ledger", "verify", "--json")
    finally:
        with world.superuser() as connection:
            for table, rows in kept.items():
                connection.execute(f"delete from {table}".encode())  # noqa: S608
                back = (
                    f"insert into {table} select * from"  # noqa: S608
                    f" json_populate_recordset(null::{table}, %s::json)"
                )
                connection.execute(back.encode(), [orjson.dumps(rows).decode()])

    assert (answer.code, answer.error["error"]) == (8, "EntryAltered")
    assert terminal.run("ledger", "verify", "--json").document["sightings"] > 0
