"""The DPO follows requests of data subjects, and nobody else knows of them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from activities.overdue import Overdue
from activities.paper_retention import erase_papers
from activities.services import Services
from models.agencies import OfficerFunction
from policies.subject_requests import due_on, load_request_rules
from runtime.roles import Role
from storage.engine import connect
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.staff import hire
from tests.deeds.subject_requests import NUMBER, REQUEST, TEXT, record, recording
from tests.oracles.evidence import entries
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

DPO = "anderlecht/dpo"


@pytest.fixture
def asked(terminal: Terminal, cast: Cast) -> dict[str, Any]:
    return record(terminal, DPO, cast.today)


def step(terminal: Terminal, word: str, name: str, *more: object) -> dict[str, Any]:
    words = (word, name, *more, "--text", "Par lettre.")
    return dict(terminal.do(DPO, *REQUEST, *words)["request"])


def test_a_request_is_extended_answered_and_closed(
    terminal: Terminal, world: World, cast: Cast, asked: dict[str, Any]
) -> None:
    term = load_request_rules().regimes[0].term
    name = asked["id"]
    assert asked["due_on"] == str(due_on(term, cast.today))

    step(terminal, "acknowledge", name[:8])
    extended = step(terminal, "extend", name)
    assert extended["due_on"] == str(due_on(term, cast.today, 1))
    again = terminal.ask(DPO, *REQUEST, "extend", name, "--text", "Encore.")
    assert (again.code, again.error["error"]) == (6, "ExtensionExhausted")
    refused = ("--outcome", "refused")
    bare = terminal.ask(DPO, *REQUEST, "answer", name, *refused, "--text", "Non.")
    assert bare.code == 2
    limit = ("--limit", "inquiry_running")
    assert step(terminal, "answer", name, *refused, *limit)["state"] == "answered"
    closed = step(terminal, "close", name)

    assert closed["kept_until"] > closed["closed_on"]
    page = terminal.do(DPO, *REQUEST, "show", name)
    assert page["content"]["number"] == "85073003328"
    assert page["content"]["text"] == TEXT
    assert [each["text"] for each in page["steps"]] == ["Par lettre."] * 4
    own = [e for e in entries(world) if name in e.get("items", ())]
    own.sort(key=lambda each: each["recorded_at"])
    assert [(e["kind"].partition(".")[2], e["detail"]) for e in own] == [
        ("recorded", f"access gdpr {cast.today} {asked['due_on']}"),
        ("acknowledged", "open"),
        ("extended", extended["due_on"]),
        ("answered", "refused inquiry_running"),
        ("closed", "refused"),
    ]
    assert own[3]["article"].startswith("NLC 119sexies")
    assert terminal.ask(DPO, *REQUEST, "close", name, "--text", "Encore.").code == 5


def test_under_the_law_on_the_police_it_is_acknowledged_and_referred(
    terminal: Terminal, world: World, cast: Cast
) -> None:
    police = hire(world, cast, "pz-midi/dpo", OfficerFunction.DPO)
    name = record(terminal, police, cast.today, regime="police")["id"]

    def answer(word: str, *more: str) -> Any:
        words = (word, name, *more, "--text", "Par lettre.")
        return terminal.ask(police, *REQUEST, *words)

    assert answer("extend").code == 6
    kept = answer("acknowledge").document["request"]
    assert kept["state"] == "acknowledged"
    told = answer("answer", "--outcome", "granted")
    assert (told.code, told.error["details"]["article"]) == (4, "LVP art. 42")
    referred = answer("answer", "--outcome", "referred").document["request"]
    assert referred["outcome"] == "referred"
    assert name not in str(terminal.do(DPO, *REQUEST, "list", "--all"))


@pytest.mark.parametrize("who", [HANDLER, MAYOR, POLICE, "audit/auditor"])
def test_nobody_else_records_sees_or_lists_one(
    terminal: Terminal, world: World, cast: Cast, asked: dict[str, Any], who: str
) -> None:
    name = asked["id"]
    assert terminal.ask(who, *REQUEST, "list").code == 4
    for verb in (("show",), ("held",), ("acknowledge", "--text", "Moi.")):
        words = (verb[0], name, *verb[1:])
        assert terminal.ask(who, *REQUEST, *words).code == 4
    with world.seat(cast.officer(who)) as seat:
        for table in ("subject_request", "subject_request_step", "my_holdings('x')"):
            query = f"select count(*) from {table}".encode()  # noqa: S608
            assert seat.execute(query).fetchone() == (0,)
    row = (
        b"insert into subject_request (id, agency_id, asked_for, regime, state,"
        b" received_on, due_on, extended) values (gen_random_uuid(), %s, 'access',"
        b" 'gdpr', 'open', legal_day(), legal_day(), 0)"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
        with world.seat(cast.officer(who)) as seat:
            seat.execute(row, [who.split("/")[0]])


def test_a_dpo_of_another_agency_cannot_tell_that_there_is_one(
    terminal: Terminal, world: World, cast: Cast, asked: dict[str, Any]
) -> None:
    stranger = hire(world, cast, "onss/dpo", OfficerFunction.DPO)
    absent = "00000000-0000-0000-0000-000000001234"

    hidden = terminal.ask(stranger, *REQUEST, "show", asked["id"])
    never = terminal.ask(stranger, *REQUEST, "show", absent)

    assert hidden.code == never.code == 3
    assert hidden.err.replace(asked["id"], absent) == never.err


def test_no_word_and_no_digit_of_it_is_in_clear_anywhere(
    world: World, asked: dict[str, Any]
) -> None:
    tables = world.rows(
        "select table_name from information_schema.tables where table_schema = 'public'"
    )
    for (table,) in tables:
        for said in (TEXT, "85073003328", NUMBER, "au guichet"):
            for form in (said, said.encode().hex()):
                found = f"select count(*) from {table} t where t::text like %s"  # noqa: S608
                assert world.one(found, f"%{form}%") == 0, table
    keys = "select distinct agency_id from paper_key where matter_id = %s"
    assert world.rows(keys, asked["id"]) == [("anderlecht",)]


def test_what_does_not_hold_changes_nothing(
    terminal: Terminal, world: World, cast: Cast
) -> None:
    before = world.one("select count(*) from subject_request")
    later = cast.today + timedelta(days=1)
    for wrong in ({"number": "85.07.30-033.29"}, {"received": later}, {"text": " "}):
        answer = terminal.ask(DPO, *recording(cast.today, **wrong))
        assert answer.code == 2, wrong
        assert "033.29" not in answer.err
    assert world.one("select count(*) from subject_request") == before


@pytest.fixture
def late(world: World, cast: Cast, asked: dict[str, Any]) -> Iterator[str]:
    """A request whose month is over, until the test is over: no entry says so."""
    for due in (str(cast.today - timedelta(days=1)), asked["due_on"]):
        with world.superuser() as connection:
            past = b"update subject_request set due_on = %s where id = %s"
            connection.execute(past, [due, asked["id"]])
        if due != asked["due_on"]:
            yield asked["id"]


def look_twice(world: World, cast: Cast) -> None:
    """Let terms be looked at, and once more."""
    engine = connect(world.settings.database(Role.RECORD), pool=1)
    loop = Overdue(Services(engine, cast.desk.packs, cast.desk.sharing, world.clock))
    loop.once()
    loop.once()
    engine.dispose()


def notices(terminal: Terminal, name: str) -> list[str]:
    told = terminal.do(DPO, "handoff", "notices", "--limit", 200)
    return [each["kind"] for each in told if name in str(each)]


def test_a_week_before_the_end_the_dpo_is_told_once(
    terminal: Terminal, world: World, cast: Cast, asked: dict[str, Any]
) -> None:
    soon = record(terminal, DPO, cast.today - timedelta(days=25))
    look_twice(world, cast)

    assert notices(terminal, soon["id"]) == ["subject_request_due"]
    assert notices(terminal, asked["id"]) == []


def test_a_month_that_is_over_is_told_to_the_dpo_alone_and_once(
    terminal: Terminal, world: World, cast: Cast, late: str
) -> None:
    look_twice(world, cast)

    lines = terminal.do(DPO, *REQUEST, "list", "--limit", 200)
    assert [e["overdue"] for e in lines if e["request"]["id"] == late] == [True]
    assert notices(terminal, late) == ["subject_request_overdue"]
    others = terminal.do(HANDLER, "handoff", "notices", "--limit", 200)
    assert late not in str(others)
    logged = [e for e in entries(world) if e["kind"] == "subject_request.due"]
    assert len([e for e in logged if late in e["items"]]) == 1
    extended = terminal.ask(DPO, *REQUEST, "extend", late, "--text", "Trop tard.")
    assert (extended.code, extended.error["error"]) == (6, "ClockEnded")


def test_texts_are_destroyed_on_their_last_day(
    terminal: Terminal, world: World, cast: Cast, asked: dict[str, Any]
) -> None:
    name = asked["id"]
    step(terminal, "answer", name, "--outcome", "withdrawn")
    step(terminal, "close", name)
    with world.superuser() as connection:
        past = b"update subject_request set kept_until = legal_day() - 1 where id = %s"
        connection.execute(past, [name])
    engine = connect(world.settings.database(Role.RECORD), pool=1)
    services = Services(engine, cast.desk.packs, cast.desk.sharing, world.clock)
    erase_papers(services, world.clock.now())  # unless the daily round was faster
    engine.dispose()

    page = terminal.do(DPO, *REQUEST, "show", name)
    assert page["content"] is None
    assert [each["text"] for each in page["steps"]] == [None, None]
    assert terminal.ask(DPO, *REQUEST, "held", name).code == 3
    state = "select state from node_order where case_id = %s"
    assert eventually(lambda: world.rows(state, name) == [("done",)])
