"""The DPO makes the list of persons and databases, and nobody else sees it."""

import html
from typing import Any

import psycopg
import pytest

from activities.paper_retention import erase_papers
from activities.services import Services
from models.ids import CaseId
from runtime.roles import Role
from storage.engine import connect
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.oracles.evidence import entries, items_of
from tests.running.site import Site, play
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

DPO = "anderlecht/dpo"
LIST = ("audit", "statutory")


@pytest.fixture(scope="module")
def processed(world: World, cast: Cast) -> CaseId:
    """A case in which an own source and the police were consulted."""
    case = world.do(cast.open_case())
    world.do(cast.add_fact(case, "Permis refusé en 2024."))
    world.do(cast.ask(case))
    return case


@pytest.fixture
def made(terminal: Terminal, cast: Cast, processed: CaseId) -> dict[str, Any]:
    words = ("make", "--since", cast.today, "--until", cast.today)
    return dict(terminal.do(DPO, *LIST, *words))


def test_it_names_persons_and_databases_of_the_period(
    terminal: Terminal, made: dict[str, Any], processed: CaseId
) -> None:
    page = terminal.do(DPO, *LIST, "show", made["made"]["id"][:8])["content"]

    (person,) = [p for p in page["persons"] if p["case"] == str(processed)]
    assert person["about"]["enterprise_name"] == "Lavage Exemple SRL"
    where = {
        (each["source"], each["asked"])
        for each in page["databases"]
        if each["case"] == str(processed)
    }
    assert ("src.2", "pz-midi") in where
    assert ("src.3", "anderlecht") in where
    assert (made["persons"], made["databases"]) == (
        len(page["persons"]),
        len(page["databases"]),
    )


def test_its_page_says_the_databases_in_words(
    site: Site, cast: Cast, made: dict[str, Any]
) -> None:
    with site.browser() as browser:
        play(browser, DPO)
        page = html.unescape(browser.post(f"/statutory/{made['made']['id']}").text)

    for code in ("src.2", "src.3"):
        assert cast.pack.source(code).label.fr in page
        assert code not in page


def test_another_period_holds_nothing_of_it(
    terminal: Terminal, processed: CaseId
) -> None:
    words = ("make", "--since", "2020-01-01", "--until", "2020-12-31")
    done = terminal.do(DPO, *LIST, *words)

    assert (done["persons"], done["databases"]) == (0, 0)
    turned = ("make", "--since", "2020-12-31", "--until", "2020-01-01")
    assert terminal.ask(DPO, *LIST, *turned).code == 2


def test_cards_that_were_opened_for_it_and_the_list_are_in_the_log(
    world: World, made: dict[str, Any], processed: CaseId
) -> None:
    (card,) = items_of(world, "subject_card", processed)
    found = entries(world)

    (entry,) = [e for e in found if made["made"]["id"] in e.get("items", ())]
    assert entry["kind"] == "statutory_list.made"
    assert entry["article"].startswith("NLC 119quater §3")
    read = [e for e in found if str(card.item) in e.get("items", ())]
    assert ("item.released", "dpo") in {(e["kind"], e.get("function")) for e in read}


def test_it_is_sealed_and_has_a_last_day_of_its_own(
    world: World, made: dict[str, Any]
) -> None:
    assert made["made"]["kept_until"] > made["made"]["made_at"]
    for table in ("statutory_list", "paper", "list_page", "ledger_staging"):
        for words in ("Lavage Exemple", b"Lavage Exemple".hex()):
            found = f"select count(*) from {table} t where t::text like %s"  # noqa: S608
            assert world.one(found, f"%{words}%") == 0, table
    keys = "select agency_id from paper_key where matter_id = %s"
    assert world.rows(keys, made["made"]["id"]) == [("anderlecht",)]


@pytest.mark.parametrize(
    "who", [HANDLER, MAYOR, "anderlecht/supervisor", POLICE, "audit/auditor"]
)
def test_nobody_else_makes_sees_or_lists_one(
    terminal: Terminal, world: World, cast: Cast, made: dict[str, Any], who: str
) -> None:
    words = ("make", "--since", cast.today, "--until", cast.today)
    assert terminal.ask(who, *LIST, *words).code == 4
    assert terminal.ask(who, *LIST, "list").code == 4
    assert terminal.ask(who, *LIST, "show", made["made"]["id"]).code == 4
    asked = ("statutory_list", "my_subjects()", "my_consultations()")
    with world.seat(cast.officer(who)) as seat:
        for table in asked:
            query = f"select count(*) from {table}".encode()  # noqa: S608
            assert seat.execute(query).fetchone() == (0,)


def test_the_dpo_sees_cards_and_nothing_else_of_a_case(
    terminal: Terminal, world: World, cast: Cast, processed: CaseId
) -> None:
    assert terminal.do(DPO, "case", "list") == []
    assert terminal.ask(DPO, "case", "show", processed).code == 3
    (card,) = items_of(world, "subject_card", processed)
    with world.seat(cast.officer(DPO)) as seat:
        query = b"select id from item where case_id = %s"
        assert seat.execute(query, [processed]).fetchall() == [(card.item,)]
        others = b"select count(*) from handoff where case_id = %s"
        assert seat.execute(others, [processed]).fetchone() == (0,)


def test_the_wall_lets_nobody_else_enter_one(world: World, cast: Cast) -> None:
    row = (
        b"insert into statutory_list values (gen_random_uuid(), gen_random_uuid(),"
        b" 'anderlecht', legal_day(), legal_day(), legal_day(), legal_day())"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
        with world.seat(cast.officer(HANDLER)) as seat:
            seat.execute(row)


def test_on_its_last_day_a_list_is_destroyed_here_and_at_the_node(
    terminal: Terminal, world: World, cast: Cast, made: dict[str, Any]
) -> None:
    name = made["made"]["id"]
    with world.superuser() as connection:
        past = "update statutory_list set kept_until = legal_day() - 1 where id = %s"
        connection.execute(past.encode(), [name])
    engine = connect(world.settings.database(Role.RECORD), pool=1)
    services = Services(engine, cast.desk.packs, cast.desk.sharing, world.clock)
    erase_papers(services, world.clock.now())  # unless the daily round was faster
    assert erase_papers(services, world.clock.now()) == 0
    engine.dispose()

    assert terminal.do(DPO, *LIST, "show", name)["content"] is None
    assert world.rows("select 1 from paper where matter_id = %s", name) == []
    state = "select state from node_order where case_id = %s"
    assert eventually(lambda: world.rows(state, name) == [("done",)])
    gone = [e for e in entries(world) if made["made"]["paper"] in e.get("items", ())]
    assert "papers.erased" in {e["kind"] for e in gone}
