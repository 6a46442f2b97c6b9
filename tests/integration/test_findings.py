"""A finding goes from an auditor to its owner and back, and nobody else knows of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from activities.overdue import Overdue
from activities.paper_retention import erase_papers
from activities.services import Services
from models.agencies import OfficerFunction
from models.ids import CaseId, ItemId
from policies.findings import answer_due, load_finding_rule
from runtime.roles import Role
from storage.engine import connect
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.looking import ordered_question
from tests.deeds.staff import hire
from tests.oracles.evidence import entries
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

AUDITOR, OWNER = "audit/auditor", "pz-midi/supervisor"
TEXT = "Lecture sans tâche ouverte."
FINDING = ("audit", "finding")


@pytest.fixture(scope="module")
def question(world: World, cast: Cast, case: CaseId) -> ItemId:
    return ordered_question(world, cast, case)


@pytest.fixture
def read(terminal: Terminal, question: ItemId) -> str:
    """The entry of a read by the police."""
    words = ("audit", "trail", "--item", question, "--kind", "item.released")
    return str(terminal.do(AUDITOR, *words)[0]["entry"])


@pytest.fixture
def finding(terminal: Terminal, read: str) -> dict[str, Any]:
    words = ("open", read, "--owner", OWNER, "--text", TEXT)
    done = terminal.do(AUDITOR, *FINDING, *words)
    return dict(done["finding"])


def ids(terminal: Terminal, who: str) -> set[str]:
    found = terminal.do(who, *FINDING, "list", "--all", "--limit", 200)
    return {each["finding"]["id"] for each in found}


def test_owner_and_auditor_take_turns_until_it_is_closed(
    terminal: Terminal, world: World, finding: dict[str, Any], read: str
) -> None:
    name = finding["id"]
    assert (finding["state"], finding["entries"]) == ("open", [read])

    shown = terminal.do(OWNER, *FINDING, "show", name)
    assert [each["text"] for each in shown["steps"]] == [TEXT]
    terminal.do(OWNER, *FINDING, "answer", name[:8], "--text", "C'était pour former.")
    due = "2199-01-01"
    terminal.do(AUDITOR, *FINDING, "follow", name, "--text", "Preuve?", "--due", due)
    again = terminal.do(OWNER, *FINDING, "answer", name, "--text", "La voici.")
    assert again["finding"]["due_on"] == due
    words = ("close", name, "--outcome", "explained", "--text", "Accepté.")
    ended = terminal.do(AUDITOR, *FINDING, *words)["finding"]

    assert (ended["state"], ended["outcome"]) == ("closed", "explained")
    assert ended["kept_until"] > ended["closed_on"]
    page = terminal.do(AUDITOR, *FINDING, "show", name)
    assert [each["taken"]["step"] for each in page["steps"]] == [
        *("open", "answer", "follow", "answer", "close")
    ]
    assert [each["text"] for each in page["steps"]][-2:] == ["La voici.", "Accepté."]
    kinds = [e["kind"] for e in entries(world) if name in e.get("items", ())]
    assert sorted(kinds) == sorted(
        ["finding.opened", "finding.answered", "finding.followed", "finding.answered"]
        + ["finding.closed"]
    )
    assert terminal.ask(OWNER, *FINDING, "answer", name, "--text", "Encore.").code == 5


def test_no_word_of_it_is_in_clear_anywhere(
    world: World, finding: dict[str, Any]
) -> None:
    tables = world.rows(
        "select table_name from information_schema.tables where table_schema = 'public'"
    )
    for (table,) in tables:
        found = f"select count(*) from {table} t where t::text like %s"  # noqa: S608
        assert world.one(found, f"%{TEXT}%") == 0, table
        assert world.one(found, f"%{TEXT.encode().hex()}%") == 0, table


def test_colleagues_superiors_and_partners_cannot_tell_that_there_is_one(
    terminal: Terminal, world: World, cast: Cast, finding: dict[str, Any]
) -> None:
    name = finding["id"]
    other = hire(world, cast, "pz-midi/chief", OfficerFunction.SUPERVISOR)
    stranger = hire(world, cast, "onss/auditor", OfficerFunction.AUDITOR)
    absent = "00000000-0000-0000-0000-000000001234"

    for who in (POLICE, other, stranger, HANDLER):
        assert name not in ids(terminal, who)
        for verb in (("show",), ("answer", "--text", "Moi.")):
            hidden = terminal.ask(who, *FINDING, verb[0], name, *verb[1:])
            never = terminal.ask(who, *FINDING, verb[0], absent, *verb[1:])
            assert hidden.code == never.code == 3
            assert hidden.err.replace(name, absent) == never.err
        notices = terminal.do(who, "handoff", "notices", "--limit", 200)
        assert name not in str(notices)
        assert walled(world, cast, who, name) == 0
    assert name in str(terminal.do(OWNER, "handoff", "notices", "--limit", 200))
    assert walled(world, cast, OWNER, name) > 0


def walled(world: World, cast: Cast, who: str, finding: str) -> int:
    """Return how many rows of a finding the database shows to an officer."""
    counts = (
        ("finding", "id"), ("finding_step", "finding_id"), ("paper", "matter_id"),
        ("paper_key", "matter_id"), ("notice", "case_id"), ("key_delivery", "case_id"),
    )  # fmt: skip
    found = 0
    with world.seat(cast.officer(who)) as seat:
        for table, column in counts:
            query = f"select count(*) from {table} where {column} = %s"  # noqa: S608
            (number,) = seat.execute(query.encode(), [finding]).fetchone() or (0,)
            found += number
    return found


def test_an_auditor_inside_the_agency_sees_it_and_does_not_go_on_with_it(
    terminal: Terminal, world: World, cast: Cast, finding: dict[str, Any]
) -> None:
    inside = hire(world, cast, "pz-midi/auditor-2", OfficerFunction.AUDITOR)
    name = finding["id"]

    assert name in ids(terminal, inside)
    assert terminal.do(inside, *FINDING, "show", name)["steps"][0]["text"] == TEXT
    for verb in (("follow",), ("close", "--outcome", "reported"), ("answer",)):
        words = (verb[0], name, *verb[1:], "--text", "Moi.")
        assert terminal.ask(inside, *FINDING, *words).code == 4


def test_texts_come_out_against_a_release_only(
    world: World, cast: Cast, finding: dict[str, Any]
) -> None:
    with world.seat(cast.officer(OWNER)) as seat:
        for table in ("paper", "paper_key"):
            assert seat.execute(f"select 1 from {table}".encode()).fetchall() == []  # noqa: S608


def test_what_does_not_fit_changes_nothing(
    terminal: Terminal, world: World, cast: Cast, read: str
) -> None:
    before = world.one("select count(*) from finding")
    own = hire(world, cast, "pz-midi/auditor-3", OfficerFunction.AUDITOR)

    def refused(who: str, entry: str, owner: str, *more: str) -> int:
        words = ("open", entry, "--owner", owner, "--text", "X", *more)
        return terminal.ask(who, *FINDING, *words).code

    assert refused(AUDITOR, read, "anderlecht/supervisor") == 2
    assert refused(AUDITOR, read, "pz-midi/nobody") == 3
    assert refused(AUDITOR, "00000000", OWNER) == 3
    assert refused(AUDITOR, read, OWNER, "--due", "2020-01-01") == 2
    assert refused(own, read, own) == 4
    assert refused(own, read, "anderlecht/supervisor") == 3
    assert refused(HANDLER, read, OWNER) == 4
    assert refused(AUDITOR, read, AUDITOR) == 4
    assert world.one("select count(*) from finding") == before


def test_the_wall_lets_nobody_open_one_against_whom_they_do_not_watch_over(
    world: World, cast: Cast
) -> None:
    row = (
        b"insert into finding (id, auditor_id, agency_id, owner_id, entries, state,"
        b" opened_on, due_on) values (gen_random_uuid(), %s, 'pz-midi', %s, '[]',"
        b" 'open', legal_day(), legal_day() + 9)"
    )
    for who, agency in ((HANDLER, "anderlecht"), (HANDLER, "audit"), (POLICE, "audit")):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
            with world.seat(cast.officer(who)) as seat:
                seat.execute(row, [agency, OWNER])


def test_who_owns_it_cannot_close_it_behind_the_program(
    world: World, cast: Cast, finding: dict[str, Any]
) -> None:
    update = b"update finding set state = 'closed' where id = %s"
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
        with world.seat(cast.officer(OWNER)) as seat:
            seat.execute(update, [finding["id"]])


def test_the_term_is_counted_by_the_rule(cast: Cast, finding: dict[str, Any]) -> None:
    rule = load_finding_rule()

    assert finding["due_on"] == str(answer_due(rule, cast.today, None))
    assert rule.answer.mark == rule.kept.mark == "A"


@pytest.fixture
def overdue(world: World, cast: Cast, finding: dict[str, Any]) -> Iterator[str]:
    """A finding whose term is past, until the test is over: no entry says so."""
    for due in (cast.today - timedelta(days=1), finding["due_on"]):
        with world.superuser() as connection:
            late = "update finding set due_on = %s where id = %s"
            connection.execute(late, [due, finding["id"]])
        if due != finding["due_on"]:
            yield finding["id"]


def test_what_is_overdue_is_told_once_to_owner_and_auditors(
    terminal: Terminal, world: World, cast: Cast, overdue: str
) -> None:
    name = overdue
    engine = connect(world.settings.database(Role.RECORD), pool=1)
    loop = Overdue(Services(engine, cast.desk.packs, cast.desk.sharing, world.clock))
    loop.once()
    loop.once()
    engine.dispose()

    (line,) = [
        each
        for each in terminal.do(OWNER, *FINDING, "list", "--limit", 200)
        if each["finding"]["id"] == name
    ]
    assert line["overdue"] is True
    for who in (OWNER, AUDITOR):
        told = terminal.do(who, "handoff", "notices", "--limit", 200)
        found = [n for n in told if n["kind"] == "finding_overdue" and name in str(n)]
        assert len(found) == 1, who
    logged = [e for e in entries(world) if e["kind"] == "finding.overdue"]
    assert [e["agency"] for e in logged if name in e["items"]] == ["pz-midi"]


def test_texts_of_a_closed_finding_are_destroyed_on_both_sides(
    terminal: Terminal, world: World, cast: Cast, finding: dict[str, Any]
) -> None:
    name = finding["id"]
    words = ("close", name, "--outcome", "remedied", "--text", "Fait.")
    terminal.do(AUDITOR, *FINDING, *words)
    with world.superuser() as connection:
        past = "update finding set kept_until = legal_day() - 1 where id = %s"
        connection.execute(past.encode(), [name])
    engine = connect(world.settings.database(Role.RECORD), pool=1)
    services = Services(engine, cast.desk.packs, cast.desk.sharing, world.clock)
    erase_papers(services, world.clock.now())  # unless the daily round was faster
    engine.dispose()

    page = terminal.do(AUDITOR, *FINDING, "show", name)
    assert [each["text"] for each in page["steps"]] == [None, None]
    orders = "select agency_id, holder, state from node_order where case_id = %s"
    both = ("audit", "pz-midi")
    done = {(agency, holder, "done") for agency in both for holder in both}
    assert eventually(lambda: set(world.rows(orders, name)) == done)
