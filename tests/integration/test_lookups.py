"""Looking cases up by number: within need to know, and with no number left anywhere."""

from uuid import uuid4

import pytest

from acts import cases
from models.ids import CaseId, OfficerId
from models.pages import Window
from tests.deeds.cast import HANDLER, MAYOR, POLICE, ROUTE, Cast
from tests.deeds.looking import (
    ELSEWHERE,
    OUTSIDERS,
    SECOND,
    asked_police,
    find,
    found,
    last_page,
    read,
    tokens,
)
from tests.oracles.evidence import entries
from tests.pieces.numbers import digits, enterprise, establishment
from tests.running.statements import executed
from tests.running.terminal import Terminal
from tests.running.world import World


@pytest.fixture
def number() -> str:
    return enterprise()


@pytest.fixture
def case(world: World, cast: Cast, number: str) -> CaseId:
    """A case of the test's own, about an enterprise that no other case is about."""
    return world.do(cast.open_case(enterprise_number=number))


def test_a_handler_finds_a_case_by_each_of_its_numbers(
    world: World, cast: Cast, number: str
) -> None:
    other = establishment()
    case = world.do(
        cast.open_case(enterprise_number=number, establishment_number=other)
    )
    national = "85.07.30-033.28"

    for written in (number, digits(number), f"BE {number}", other, digits(other)):
        (one,) = find(cast, HANDLER, written)
        assert (one.case, [i.kind for i in one.items]) == (case, ["subject_card"])
        assert one.record and one.record.route == ROUTE
    assert case in found(cast, HANDLER, national)
    assert found(cast, HANDLER, establishment()) == set()


def test_a_page_is_one_entry_that_names_neither_number_nor_case(
    world: World, cast: Cast, case: CaseId, number: str
) -> None:
    before = len(entries(world))
    (one,) = find(cast, HANDLER, number)

    assert len(entries(world)) == before + 1
    entry = last_page(world)
    assert (entry["detail"], entry["operation"]) == (
        "cases by a number",
        "consultation",
    )
    assert entry["purpose"] == "integrity_inquiry" and len(entry["shown"]) == 64
    assert "case" not in entry and "items" not in entry
    shown = world.one("select shown from list_page where entry_id = %s", entry["id"])
    assert shown["rows"] == [str(case)]
    assert [i["item"] for i in shown["items"]] == [str(i.item) for i in one.items]
    sighted = world.rows(
        "select item_id from sighting where entry_id = %s", entry["id"]
    )
    assert sighted == [(one.items[0].item,)]


def test_no_statement_and_no_row_ever_holds_the_number(
    world: World, cast: Cast, case: CaseId, number: str
) -> None:
    with executed() as everything:
        assert found(cast, HANDLER, number) == {case}

    said = [str(each) for each in everything]
    assert any("number_token" in each for each in said)
    secret = digits(number)
    wanted = {secret, number, secret.encode().hex(), number.encode().hex()}
    assert not [s for s in said if any(each in s for each in wanted)]
    held = "select table_name from information_schema.tables where table_schema = %s"
    for (table,) in world.rows(held, "public"):
        rows = world.rows(f"select t::text from {table} t")  # noqa: S608
        text = "\n".join(row for (row,) in rows)
        assert not [each for each in wanted if each in text], table


def test_who_may_not_see_the_case_reads_what_an_absent_number_gives(
    terminal: Terminal, world: World, cast: Cast, case: CaseId, number: str
) -> None:
    absent = enterprise()
    for who in OUTSIDERS:
        hidden, nothing = (
            terminal.run("case", "find", "--number", each, "--as", who, "--json")
            for each in (number, absent)
        )
        assert hidden == nothing and hidden.document == [], who
        plain = terminal.run("case", "find", "--number", number, "--as", who)
        assert plain.out == "cases with this number: none\n\n", who
    pages = [last_page(world) for who in (SECOND,) if not find(cast, who, number)]
    assert [p["operation"] for p in pages] == ["procedure"]
    assert found(cast, MAYOR, number) == {case}


def test_each_agency_finds_its_own_cases_about_the_same_number(
    world: World, cast: Cast, case: CaseId, number: str
) -> None:
    opening = cast.opening(enterprise_number=number).model_copy(
        update={"designated": (OfficerId("saint-gilles/handler"),)}
    )
    other = world.do(cases.open_case(cast.desk, cast.officer(ELSEWHERE), opening)).case

    assert found(cast, HANDLER, number) == {case}
    assert found(cast, "saint-gilles/handler", number) == {other}
    ours, theirs = tokens(world, case), tokens(world, other)
    assert len(ours) == len(theirs) == 3
    assert not {t[2] for t in ours} & {t[2] for t in theirs}


def test_a_partner_finds_what_it_was_asked_once_it_opened_the_question(
    world: World, cast: Cast, case: CaseId, number: str
) -> None:
    handoff, question = asked_police(world, cast, case)
    assert find(cast, POLICE, number) == []

    read(cast, POLICE, question)
    read(cast, POLICE, question)

    (one,) = find(cast, POLICE, number)
    assert (one.case, one.record) == (case, None)
    assert [(i.item, i.handoff) for i in one.items] == [(question, handoff)]
    assert find(cast, "pz-midi/second", number) == []
    of_police = [t for t in tokens(world, case) if t[0] == "pz-midi"]
    assert {t[1] for t in of_police} == {question}
    assert not {t[2] for t in of_police} & {
        t[2] for t in tokens(world, case) if t[0] != "pz-midi"
    }
    (mine,) = find(cast, HANDLER, number)
    assert [i.kind for i in mine.items] == ["subject_card", "question"]


def test_a_number_that_does_not_hold_is_refused_before_anything_is_asked(
    terminal: Terminal, world: World
) -> None:
    before = len(entries(world))

    answer = terminal.ask(HANDLER, "case", "find", "--number", "0308.357.158")

    assert answer.code == 2 and answer.error["error"] == "InvalidInput"
    assert "check digits" in answer.error["message"] and answer.error["help"]
    assert "357" not in answer.err
    assert len(entries(world)) == before


def test_pages_follow_each_other_and_end(world: World, cast: Cast, number: str) -> None:
    opened = {world.do(cast.open_case(enterprise_number=number)) for _ in range(3)}
    seen: list[CaseId] = []
    after = None
    while page := find(cast, HANDLER, number, Window(limit=2, after=after)):
        seen += [each.case for each in page]
        after = seen[-1]

    assert set(seen) == opened and len(seen) == 3
    for nothing in (uuid4(), world.do(cast.open_case())):
        assert find(cast, HANDLER, number, Window(after=nothing)) == []


def test_the_command_shows_the_case_and_the_trail_verifies(
    terminal: Terminal, case: CaseId, number: str
) -> None:
    (one,) = terminal.do(HANDLER, "case", "find", "--number", number)
    assert (one["case"], one["route"], one["stage"]) == (str(case), ROUTE, "inquiry")
    assert [i["kind"] for i in one["items"]] == ["subject_card"]
    page = terminal.run("case", "find", "--number", number, "--as", HANDLER)
    assert str(case)[:8] in page.out and "subject_card" in page.out
    assert number not in page.out
    assert terminal.run("ledger", "verify").code == 0
