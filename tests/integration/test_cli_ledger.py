"""Recomputing the ledger from the command line, whole and altered."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import orjson
import pytest

from acts.items.reading import read_item
from models.ids import ItemId
from runtime.keys import ledger_verifier
from tests.deeds.cast import HANDLER, Cast
from tests.oracles.evidence import items_of
from tests.running.terminal import Terminal
from tests.running.world import World, eventually


@pytest.fixture(autouse=True)
def something_ordered(world: World, cast: Cast) -> None:
    world.do(cast.open_case())
    assert eventually(lambda: world.one("select count(*) from ledger_checkpoint"))


@contextmanager
def altered(world: World, change: str, back: str) -> Iterator[None]:
    """Do what no role of ours may do, and undo it."""
    with world.superuser() as connection:
        connection.execute(change.encode())
    try:
        yield
    finally:
        with world.superuser() as connection:
            connection.execute(back.encode())


def test_a_ledger_that_holds_says_what_that_proves_and_what_not(
    terminal: Terminal,
) -> None:
    document = terminal.run("ledger", "verify", "--json").document
    page = terminal.run("ledger", "verify")

    assert document["verified"] and document["size"] >= 1
    assert document["entries"] == document["size"]
    assert document["waiting"] >= 0 and document["officers"] >= 1
    assert "This proves" in page.out and "It does not" in page.out


@pytest.mark.parametrize(
    "change",
    [
        "update ruling set facts = jsonb_set(facts, '{designated}', 'false')",
        "update ruling set facts = jsonb_set(facts, '{officer}', '\"somebody/else\"')",
        "update ruling set verdict = 'deny'",
        "update ruling set engine = 'another 1.0'",
        "update ruling set salt = sha256(salt)",
        "delete from ruling",
    ],
)
def test_a_ruling_that_was_altered_or_destroyed_is_named(
    terminal: Terminal, world: World, cast: Cast, change: str
) -> None:
    """What the officer knew and who decided could otherwise be rewritten, unseen."""
    ruling = cited_ruling(world, cast)
    with world.superuser() as connection:
        kept = connection.execute(
            "select row_to_json(r) from ruling r where id = %s", [ruling]
        ).fetchone()
        connection.execute(f"{change} where id = %s".encode(), [ruling])
    assert kept
    try:
        answer = terminal.run("ledger", "verify", "--json")
    finally:
        with world.superuser() as connection:
            connection.execute("delete from ruling where id = %s", [ruling])
            connection.execute(
                "insert into ruling select * from"
                " json_populate_record(null::ruling, %s::json)",
                [orjson.dumps(kept[0]).decode()],
            )

    assert (answer.code, answer.error["error"]) == (8, "EntryAltered")
    assert f"ruling `{ruling}`" in answer.error["message"]
    assert terminal.run("ledger", "verify", "--json").document["rulings"] > 0


def cited_ruling(world: World, cast: Cast) -> UUID:
    """Read an item, wait until its entry is ordered, and return its ruling."""
    case = world.do(cast.open_case())
    (card,) = items_of(world, "subject_card", case)
    opened = read_item(cast.desk, cast.reader(HANDLER), ItemId(card.item))
    ordered = "select count(*) from ledger_entry where leaf = decode(%s, 'hex')"
    assert eventually(lambda: world.one(ordered, opened.receipt))
    found = world.one("select ruling_id from release where item_id = %s", card.item)
    return UUID(str(found))


@pytest.mark.parametrize(
    ("change", "back"),
    [
        (
            "update ledger_entry set body = body || ' '::bytea where seq = 0",
            "update ledger_entry set body = substr(body, 1, length(body) - 1)"
            " where seq = 0",
        ),
        (
            "update ledger_entry set seq = -1 where seq = 0",
            "update ledger_entry set seq = 0 where seq = -1",
        ),
    ],
    ids=["altered", "moved"],
)
def test_an_altered_or_moved_entry_is_named(
    terminal: Terminal, world: World, change: str, back: str
) -> None:
    with altered(world, change, back):
        answer = terminal.run("ledger", "verify", "--json")

    assert (answer.code, answer.error["error"]) == (8, "EntryAltered")
    assert "entry `0`" in answer.error["message"]
    assert terminal.run("ledger", "verify").code == 0


def test_without_the_public_key_nothing_is_called_verified(
    terminal: Terminal, world: World
) -> None:
    path: Path = world.settings.data / "ledger.vkey"
    held = path.read_text()
    path.unlink()
    try:
        answer = terminal.run("ledger", "verify", "--json")
    finally:
        path.write_text(held)

    assert (answer.code, answer.error["error"]) == (10, "NotConfigured")
    assert ledger_verifier(world.settings)
