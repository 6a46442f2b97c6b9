"""What agencies received about somebody, told to auditors, and when it may be told."""

import pytest

from acts.items.reading import read_item
from models.agencies import OfficerFunction
from models.ids import CaseId
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.looking import asked_police, read
from tests.deeds.staff import hire
from tests.oracles.evidence import items_of
from tests.pieces.numbers import enterprise
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

AUDITOR = "audit/auditor"
PERSON = ("audit", "person")


@pytest.fixture(scope="module")
def number() -> str:
    return enterprise()


@pytest.fixture(scope="module")
def about(world: World, cast: Cast, number: str) -> CaseId:
    """A case about it: the police was asked and read, the handler reads the card."""
    case = world.do(cast.open_case(enterprise_number=number))
    _, question = asked_police(world, cast, case)
    read(cast, POLICE, question)
    (card,) = items_of(world, "subject_card", case)
    receipt = read_item(cast.desk, cast.reader(HANDLER), card.item).receipt
    leaf = "select 1 from ledger_entry where leaf = decode(%s, 'hex')"
    assert eventually(lambda: world.one(leaf, receipt))
    return case


@pytest.fixture(scope="module")
def inside(world: World, cast: Cast) -> str:
    return hire(world, cast, "anderlecht/internal", OfficerFunction.AUDITOR)


def test_by_number_an_auditor_finds_what_the_own_agency_gave_and_read(
    terminal: Terminal, about: CaseId, inside: str, number: str
) -> None:
    found = terminal.do(inside, *PERSON, "--number", number)

    said = {(e["line"]["kind"], tuple(e["line"]["recipients"])) for e in found}
    assert ("handoff.ask", ("pz-midi",)) in said
    assert ("item.released", ("anderlecht",)) in said
    assert {e["line"]["agency"] for e in found} == {"anderlecht"}
    assert {e["line"]["case"] for e in found} == {str(about)}


def test_by_case_an_auditor_from_outside_finds_what_every_agency_received(
    terminal: Terminal, about: CaseId, inside: str, number: str
) -> None:
    found = terminal.do(AUDITOR, *PERSON, "--case", about)

    readers = {e["line"]["officer"] for e in found}
    assert {HANDLER, POLICE} <= readers
    assert terminal.do(AUDITOR, *PERSON, "--number", number) == []
    first = terminal.do(AUDITOR, *PERSON, "--case", about, "--limit", 1)
    after = first[0]["line"]["entry"]
    rest = terminal.do(AUDITOR, *PERSON, "--case", about, "--after", after)
    assert [*first, *rest] == found


def test_each_line_says_when_the_person_may_be_told(
    terminal: Terminal, about: CaseId, inside: str, number: str
) -> None:
    found = terminal.do(inside, *PERSON, "--number", number)

    (asked,) = [e for e in found if e["line"]["kind"] == "handoff.ask"]
    assert asked["regimes"] == ["gdpr"]
    assert asked["delay"]["until"] == "final_decision"
    assert asked["delay"]["lifted_on"] is None
    assert asked["delay"]["article"].startswith("NLC 119sexies")


def test_another_number_and_another_agency_find_nothing(
    terminal: Terminal, world: World, cast: Cast, about: CaseId, number: str
) -> None:
    elsewhere = hire(world, cast, "onss/internal", OfficerFunction.AUDITOR)
    inside = "anderlecht/internal"

    assert terminal.do(elsewhere, *PERSON, "--number", number) == []
    assert terminal.ask(elsewhere, *PERSON, "--case", about).code == 3
    assert terminal.do(inside, *PERSON, "--number", enterprise()) == []


@pytest.mark.parametrize("who", [HANDLER, "anderlecht/supervisor", POLICE])
def test_only_auditors_ask(
    terminal: Terminal, world: World, cast: Cast, about: CaseId, number: str, who: str
) -> None:
    assert terminal.ask(who, *PERSON, "--number", number).code == 4
    assert terminal.ask(who, *PERSON, "--case", about).code == 4


def test_the_number_is_in_no_table_and_the_look_is_logged(
    terminal: Terminal, world: World, about: CaseId, inside: str, number: str
) -> None:
    terminal.do(inside, *PERSON, "--number", number)
    digits = "".join(filter(str.isdigit, number))

    tables = world.rows(
        "select table_name from information_schema.tables where table_schema = 'public'"
    )
    for (table,) in tables:
        found = f"select count(*) from {table} t where t::text like %s"  # noqa: S608
        assert world.one(found, f"%{digits}%") == 0, table
        assert world.one(found, f"%{digits.encode().hex()}%") == 0, table
    page = "select count(*) from list_page where shown->>'query' = %s"
    assert world.one(page, "received about a person") > 0


def test_one_of_number_and_case_is_wanted(terminal: Terminal, about: CaseId) -> None:
    assert terminal.ask(AUDITOR, *PERSON).code == 2
    words = ("--case", about, "--number", "0308.357.159")
    assert terminal.ask(AUDITOR, *PERSON, *words).code == 2
    assert terminal.ask(AUDITOR, *PERSON, "--number", "0308.357.158").code == 2
