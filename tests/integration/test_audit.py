"""An auditor reads the trail of whom it watches over, and takes a part of it away."""

from pathlib import Path
from uuid import uuid4

import pytest

from acts.items.reading import read_item
from models.agencies import OfficerFunction
from models.errors import NotPermitted
from models.ids import CaseId, ItemId
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.looking import asked_police, read
from tests.deeds.staff import hire
from tests.oracles.evidence import entries
from tests.pieces.bundles import stranger
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

AUDITOR = "audit/auditor"


@pytest.fixture(scope="module")
def question(world: World, cast: Cast, case: CaseId) -> ItemId:
    """A question that the police opened; all of it is under a checkpoint."""
    _, item = asked_police(world, cast, case)
    read(cast, POLICE, item)
    cast.file(case)
    written = [each["id"] for each in entries(world)]
    ordered = "select count(*) from ledger_entry where entry_id = any(%s::uuid[])"
    assert eventually(lambda: world.one(ordered, written) == len(written))
    return item


@pytest.fixture
def keys(terminal: Terminal, tmp_path: Path) -> Path:
    path = tmp_path / "KEYS"
    path.write_text(terminal.run("ledger", "keys").out)
    return path


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
            "delete from ledger_salt where kind = 'named' and officer_id = %s", [POLICE]
        )


def test_days_bound_the_trail(terminal: Terminal, cast: Cast, question: ItemId) -> None:
    words = ("audit", "trail", "--item", question)

    assert terminal.do(AUDITOR, *words, "--until", cast.today) != []
    assert terminal.do(AUDITOR, *words, "--until", "2026-01-01") == []
    assert terminal.do(AUDITOR, *words, "--since", "2199-01-01") == []


def test_looking_at_the_trail_is_in_the_trail(
    terminal: Terminal, world: World, question: ItemId
) -> None:
    terminal.do(AUDITOR, "audit", "trail", "--officer", POLICE)

    seen = [e for e in entries(world) if e.get("detail") == "trail"]
    assert seen
    assert {e["agency"] for e in seen} == {"audit"}


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
          "ruling", "list_page")  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("who", [HANDLER, "anderlecht/supervisor", POLICE])
def test_the_database_shows_the_trail_to_auditors_only(
    world: World, cast: Cast, question: ItemId, table: str, who: str
) -> None:
    query = f"select count(*) from {table}".encode()  # noqa: S608
    with world.seat(cast.officer(AUDITOR)) as seat:
        assert seat.execute(query).fetchone() != (0,) or table == "ledger_tile_hash"
    with world.seat(cast.officer(who)) as seat:
        assert seat.execute(query).fetchone() == (0,)
        leaves = b"select count(*) from log_leaves(array[0], array[10])"
        assert seat.execute(leaves).fetchone() == (0,)


def test_two_verifiers_accept_what_was_exported(
    terminal: Terminal, tmp_path: Path, keys: Path, case: CaseId, question: ItemId
) -> None:
    out = tmp_path / "case.bundle"
    done = terminal.do(AUDITOR, "ledger", "export", "--case", case, "--out", out)

    found = terminal.run("ledger", "verify", out, "--keys", keys, "--json").document
    theirs = stranger()

    assert done["entries"] == found["entries"] > 5
    assert (found["sealed_by"], found["entries_withheld"]) == ("audit", 0)
    assert found["officers"] >= found["entries"] - 1
    assert found["rulings"] and found["pages"]
    assert theirs.verify(out, *theirs.read_keys(keys)) == found["entries"]
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_bundle_may_be_about_an_item_an_officer_or_some_days(
    terminal: Terminal,
    tmp_path: Path,
    keys: Path,
    cast: Cast,
    question: ItemId,
) -> None:
    wanted = [("--item", question), ("--officer", POLICE), ("--since", cast.today)]
    for number, words in enumerate(wanted):
        out = tmp_path / str(number)
        terminal.do(AUDITOR, "ledger", "export", *words, "--out", out)
        found = terminal.run("ledger", "verify", out, "--keys", keys, "--json")
        assert found.document["entries"] > 0
        assert stranger().verify(out, *stranger().read_keys(keys))


def test_a_redacted_bundle_names_nobody_and_still_verifies(
    terminal: Terminal, tmp_path: Path, keys: Path, case: CaseId, question: ItemId
) -> None:
    out = tmp_path / "redacted"
    without = ("--without", "names", "--without", "pz-midi")
    terminal.do(AUDITOR, "ledger", "export", "--case", case, *without, "--out", out)

    found = terminal.run("ledger", "verify", out, "--keys", keys, "--json").document

    assert found["withheld"] == ["names", "entries of pz-midi"]
    assert found["entries_withheld"] > 0
    assert found["officers"] == found["rulings"] == found["pages"] == 0
    text = out.read_text()
    assert HANDLER not in text
    assert '\\"agency\\":\\"pz-midi\\"' not in text


def test_a_bundle_that_was_changed_is_refused_in_one_line(
    terminal: Terminal, tmp_path: Path, keys: Path, case: CaseId, question: ItemId
) -> None:
    out = tmp_path / "bundle"
    terminal.do(AUDITOR, "ledger", "export", "--case", case, "--out", out)
    out.write_bytes(out.read_bytes().replace(b"item.released", b"read.refused"))

    answer = terminal.run("ledger", "verify", out, "--keys", keys)

    assert answer.code == 8
    assert "is not in the tree" in answer.err
    assert len(answer.err.splitlines()) == 1


def test_wrong_words_are_refused_and_write_nothing(
    terminal: Terminal, tmp_path: Path, keys: Path, case: CaseId, question: ItemId
) -> None:
    there = tmp_path / "there"
    there.write_text("mine")
    nowhere = "00000000-0000-4000-8000-000000000000"
    export = ("ledger", "export", "--case", case)

    assert terminal.ask(AUDITOR, *export, "--out", there).code == 2
    assert there.read_text() == "mine"
    out = tmp_path / "no" / "where"
    assert terminal.ask(AUDITOR, *export, "--out", out).code == 2
    out = tmp_path / "out"
    none = ("ledger", "export", "--case", nowhere, "--out", out)
    assert terminal.ask(AUDITOR, *none).code == 3
    nameless = ("--officer", POLICE, "--without", "names", "--out", out)
    assert terminal.ask(AUDITOR, *export, *nameless).code == 2
    assert terminal.run("ledger", "verify", there).code == 2
    assert terminal.run("ledger", "verify", there, "--keys", keys).code == 8
    assert terminal.run("ledger", "verify", keys, "--keys", there).code == 2
    assert terminal.run("ledger", "verify", out, "--keys", keys).code == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["KEYS", "there"]


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
