"""An auditor reads the trail of whom it watches over, and of nobody else."""

from pathlib import Path
from uuid import uuid4

import pytest

from acts.items.reading import read_item
from models.agencies import OfficerFunction
from models.errors import NotPermitted
from models.ids import CaseId, ItemId
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.looking import ordered_question
from tests.deeds.staff import hire
from tests.oracles.evidence import entries
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

AUDITOR = "audit/auditor"


@pytest.fixture(scope="module")
def question(world: World, cast: Cast, case: CaseId) -> ItemId:
    return ordered_question(world, cast, case)


def test_an_auditor_sees_who_did_what_when_and_under_which_article(
    terminal: Terminal, cast: Cast, case: CaseId, question: ItemId
) -> None:
    found = terminal.do(AUDITOR, "audit", "trail", "--case", case)

    (asked,) = [each for each in found if each["kind"] == "handoff.ask"]
    assert asked["officer"] == HANDLER
    assert asked["recipients"] == ["pz-midi"]
    assert asked["allowed"] is True
    assert str(question) in asked["items"]
    opened = [each for each in found if each["kind"] == "item.released"]
    assert (POLICE, "analyst") in {(e["officer"], e["function"]) for e in opened}
    assert {each["at"][:10] for each in found} <= {str(cast.today)}


def test_the_trail_goes_on_from_one_page_to_the_next(
    terminal: Terminal, case: CaseId, question: ItemId
) -> None:
    words = ("audit", "trail", "--case", case)
    whole = terminal.do(AUDITOR, *words, "--kind", "item.add")
    assert len(whole) == 3

    first = terminal.do(AUDITOR, *words, "--kind", "item.add", "--limit", 2)
    last = first[-1]["entry"]
    rest = terminal.do(AUDITOR, *words, "--kind", "item.add", "--after", last)

    assert [*first, *rest] == whole


def test_the_trail_of_an_item_tells_who_saw_it_in_a_list_too(
    terminal: Terminal, cast: Cast, case: CaseId, question: ItemId
) -> None:
    found = terminal.do(AUDITOR, "audit", "trail", "--item", question)

    kinds = {(each["kind"], each["officer"]) for each in found}
    assert {("handoff.ask", HANDLER), ("item.released", POLICE)} <= kinds


def test_the_trail_of_an_officer_holds_nothing_of_others(
    terminal: Terminal, question: ItemId
) -> None:
    found = terminal.do(AUDITOR, "audit", "trail", "--officer", POLICE)

    assert found
    for each in found:
        assert POLICE in (each["officer"], each["named"], each["on_behalf_of"])


def test_an_officer_whom_the_entry_does_not_commit_to_is_not_named(
    terminal: Terminal, world: World, cast: Cast, case: CaseId, question: ItemId
) -> None:
    """Whoever acts may write salts; they name nobody in whose entry they are not."""
    words = ("audit", "trail", "--case", case, "--kind", "handoff.ask")
    (asked,) = terminal.do(AUDITOR, *words)
    assert asked["named"] == ""

    with world.seat(cast.officer(HANDLER)) as seat:
        seat.execute(
            b"insert into ledger_salt (leaf, kind, officer_id, salt)"
            b" values (decode(%s, 'hex'), 'named', %s, sha256('x'))",
            [asked["receipt"], POLICE],
        )

    assert terminal.do(AUDITOR, *words) == [asked]
    with world.superuser() as connection:
        connection.execute(
            "delete from ledger_salt where kind = 'named' and leaf = decode(%s, 'hex')",
            [asked["receipt"]],
        )


def test_days_bound_the_trail(terminal: Terminal, cast: Cast, question: ItemId) -> None:
    words = ("audit", "trail", "--item", question)

    assert terminal.do(AUDITOR, *words, "--until", cast.today) != []
    assert terminal.do(AUDITOR, *words, "--until", "2026-01-01") == []
    assert terminal.do(AUDITOR, *words, "--since", "2199-01-01") == []


def test_looking_at_the_trail_is_in_the_trail(
    terminal: Terminal, world: World, question: ItemId
) -> None:
    before = {each["id"] for each in entries(world)}

    terminal.do(AUDITOR, "audit", "trail", "--officer", POLICE)

    looks = [e for e in entries(world) if e.get("detail") == "trail"]
    fresh = [each["agency"] for each in looks if each["id"] not in before]
    assert fresh == ["audit"]


@pytest.mark.parametrize("who", [HANDLER, "anderlecht/supervisor", "pz-midi/analyst"])
def test_others_are_refused(
    terminal: Terminal, tmp_path: Path, case: CaseId, who: str
) -> None:
    out = tmp_path / "bundle"

    assert terminal.ask(who, "audit", "trail", "--case", case).code == 4
    words = ("ledger", "export", "--case", case, "--out", out)
    assert terminal.ask(who, *words).code == 4
    assert list(tmp_path.iterdir()) == []


def test_an_auditor_of_one_agency_sees_that_agency_alone(
    terminal: Terminal, world: World, cast: Cast, question: ItemId
) -> None:
    """The directory says over whom; without a word it is the own agency."""
    own = hire(world, cast, "pz-midi/auditor", OfficerFunction.AUDITOR)

    found = terminal.do(own, "audit", "trail", "--item", question)

    assert {each["agency"] for each in found} == {"pz-midi"}
    assert "item.released" in {each["kind"] for each in found}
    numbers = "select count(*) from entries_of_item(%s) n {}"
    seen = numbers.format("join ledger_entry e on e.seq = n")
    with world.seat(cast.officer(own)) as seat:
        told = seat.execute(numbers.format("").encode(), [question]).fetchone()
        assert told == seat.execute(seen.encode(), [question]).fetchone() != (0,)


TABLES = ("ledger_entry", "ledger_salt", "ledger_checkpoint", "ledger_tile_hash",
          "ruling", "list_page", "subject_salt", "tombstone")  # fmt: skip
MAY_BE_EMPTY = {"ledger_tile_hash", "tombstone"}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("who", [HANDLER, "anderlecht/supervisor", POLICE])
def test_the_database_shows_the_trail_to_auditors_only(
    world: World, cast: Cast, question: ItemId, table: str, who: str
) -> None:
    query = f"select count(*) from {table}".encode()  # noqa: S608
    with world.seat(cast.officer(AUDITOR)) as seat:
        assert seat.execute(query).fetchone() != (0,) or table in MAY_BE_EMPTY
    with world.seat(cast.officer(who)) as seat:
        assert seat.execute(query).fetchone() == (0,)
        leaves = b"select count(*) from log_leaves(array[0], array[10])"
        assert seat.execute(leaves).fetchone() == (0,)


def test_a_sample_is_drawn_alike_with_the_same_seed(
    terminal: Terminal, case: CaseId, question: ItemId
) -> None:
    words = ("audit", "sample", "--size", 2, "--seed", "a stone")

    one = terminal.do(AUDITOR, *words, "--officer", POLICE)
    other = terminal.do(AUDITOR, *words, "--officer", POLICE)

    assert one == other
    assert len(one["picked"]) == min(2, one["out_of"]) > 0
    kinds = {each["line"]["kind"] for each in one["picked"]}
    assert kinds <= {"item.released", "read.refused"}


def test_a_sample_without_a_seed_tells_the_one_it_made(
    terminal: Terminal, question: ItemId
) -> None:
    one = terminal.do(AUDITOR, "audit", "sample", "--officer", POLICE)
    again = ("audit", "sample", "--officer", POLICE, "--seed", one["draw"]["seed"])

    assert terminal.do(AUDITOR, *again)["picked"] == one["picked"]


def test_a_refused_read_is_unusual_and_says_so(
    terminal: Terminal, world: World, cast: Cast, case: CaseId, item: ItemId
) -> None:
    """The college decides; it does not see the file (NLC 119quinquies §4)."""
    college = cast.officer("anderlecht/college")
    with world.superuser() as connection:
        connection.execute(
            "insert into designation values (%s, %s, null, 'anderlecht', %s, %s, null)",
            [uuid4(), case, college.id, cast.today],
        )
    with pytest.raises(NotPermitted):
        read_item(cast.desk, cast.reader(college.id), item)
    words = ("audit", "unusual", "--item", item)

    (found,) = eventually(lambda: terminal.do(AUDITOR, *words))

    assert found["line"]["officer"] == college.id
    assert found["signs"]["refused"] == "it was refused"


@pytest.mark.parametrize("command", ["unusual", "sample", "trail"])
def test_only_auditors_look(terminal: Terminal, command: str) -> None:
    assert terminal.ask(HANDLER, "audit", command).code == 4
