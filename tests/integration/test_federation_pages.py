"""Each agency's pages have its keys alone, and those of coordination have none."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from commands.demo.federation import start_federation
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.town import HANDLING, Town
from tests.interference.showing import form_of
from tests.interference.surfaces import OPENED, PAGES, SENT
from tests.running.pages_apart import PagesApart, pages_of
from tests.running.site import play
from tests.running.watching import environment
from tests.running.world import World, living_world, sit_down

OWN = {HANDLER: "anderlecht", POLICE: "pz-midi"}
QUESTION, ANSWER = "Quels passages au tunnel de lavage ?", "Sept passages en mars."
SEALED = (QUESTION, ANSWER, "Lavage Exemple", "0308.357.159", "85.07.30")
ELSEWHERE = "content of your agency is shown and taken at its own pages"
STAGE = (
    "insert into intent (act_id, case_id, kind, officer_id, agency_id, purpose,"
    " message, state) values (gen_random_uuid(), %s, 'case.close', %s, %s, '',"
    """ '{"kind": "case.close"}', 'staged')"""
)
SIGN_IN = (
    "insert into signed_in select decode('00', 'hex'), %s, '', now(), now(), now(),"
    " now(), '', ''"
)
# Passwords that only the processes of coordination are told.
FOREIGN = ("OWNER_PASSWORD", "RECORD_PASSWORD", "LEDGER_PASSWORD", "LINK_PASSWORD")


@pytest.fixture(scope="module")
def apart() -> Iterator[World]:
    with living_world({"fsync": "off"}, start_federation) as world:
        yield world


@pytest.fixture(scope="module")
def served(apart: World) -> PagesApart:
    return pages_of(apart, *OWN.values())


@pytest.fixture(scope="module")
def browsers(served: PagesApart) -> Iterator[dict[str, httpx2.Client]]:
    """Each officer in front of the pages of the own agency."""
    with ExitStack() as stack:
        yield {
            officer: stack.enter_context(served.playing(agency, officer))
            for officer, agency in OWN.items()
        }


@pytest.fixture(scope="module")
def ids(apart: World, browsers: dict[str, httpx2.Client]) -> dict[str, UUID]:
    """A question that was asked on the pages of the one and answered on the other's."""
    town = Town(apart, browsers)
    case = apart.do(Cast(apart).open_case())
    asked = {"to": "src.2 pz-midi", "question": QUESTION}
    town.act(HANDLER, f"cases/{case}", "handoff.ask", **asked)
    question = town.asked(case, "handoff")
    town.act(POLICE, question, "handoff.receive")
    town.act(POLICE, question, "handoff.answer", words=ANSWER, **HANDLING)
    return {
        "case": case,
        "handoff": UUID(question.removeprefix("handoffs/")),
        "question": town.item(case, "question"),
        "item": town.item(case, "answer"),
    }


def test_content_is_on_the_pages_of_each_readers_own_agency(
    apart: World, browsers: dict[str, httpx2.Client], ids: dict[str, UUID]
) -> None:
    town = Town(apart, browsers)

    assert QUESTION in town.opened(POLICE, ids["question"], "answering")
    assert ANSWER in town.opened(HANDLER, ids["item"], "asking")
    assert "Lavage Exemple" in browsers[HANDLER].get("/?names=true").text


def test_nothing_that_coordination_serves_holds_content(
    served: PagesApart, ids: dict[str, UUID]
) -> None:
    pages = {each for paths in PAGES.values() for each in paths}
    forms = [*OPENED.values(), *SENT.values()]
    for officer in OWN:
        with served.playing("coordination", officer) as browser:
            answers = [browser.get(path.format_map(ids)) for path in sorted(pages)]
            answers += [
                browser.post(path.format_map(ids), data=form_of(form, ids))
                for path, form in forms
            ]
        for answer in answers:
            assert not [each for each in SEALED if each in answer.text]
            assert answer.status_code in (200, 403), answer.url


def test_coordination_lists_without_names_and_says_where_content_is(
    served: PagesApart, ids: dict[str, UUID]
) -> None:
    own = served.at("anderlecht").address
    case = f"/cases/{ids['case']}"
    with served.playing("coordination", HANDLER) as browser:
        browser.headers["accept-language"] = "en"
        listed = browser.get("/cases?names=true")
        opened = browser.get(case)
        sent = browser.post(f"{case}/acts/handoff.ask", data={"question": QUESTION})

    assert listed.status_code == 200
    assert f'href="{own}{case}"' in listed.text
    assert 'name="names"' not in listed.text
    for answer, address in ((opened, f"{own}{case}"), (sent, own)):
        assert answer.status_code == 403
        assert ELSEWHERE in answer.text
        assert f'href="{address}"' in answer.text


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_an_officer_of_another_agency_is_told_in_words_where_to_go(
    apart: World, served: PagesApart, language: str
) -> None:
    name = Cast(apart).agency("pz-midi").name.model_dump()[language]
    with served.at("pz-midi").browser() as browser:
        browser.headers["accept-language"] = language
        answer = play(browser, HANDLER)

        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
        assert name in answer.text
        assert f'href="{served.at("anderlecht").address}"' in answer.text
        assert "these are the pages" not in answer.text
        assert browser.get("/").headers["location"].startswith("/sign-in")


def test_a_program_of_another_agency_is_refused_as_well(served: PagesApart) -> None:
    with served.at("pz-midi").program(HANDLER) as program:
        answer = program.get("/me").json()

    assert answer["code"] == "ServedElsewhere"
    assert answer["details"]["address"] == served.at("anderlecht").address
    with served.at("coordination").program(HANDLER) as program:
        assert program.get("/me").status_code == 403
    with served.at("anderlecht").program(HANDLER) as program:
        assert program.get("/me").json()["officer"]["id"] == HANDLER


def test_a_calendar_is_told_terms_without_keys_and_never_at_another_agency(
    served: PagesApart, ids: dict[str, UUID]
) -> None:
    for place in ("coordination", "anderlecht"):
        with served.playing(place, HANDLER) as browser:
            made = browser.post("/notices/calendar")
        own = served.at(place).address
        (path,) = re.findall(rf"{own}(/calendar/[\w-]+\.ics)", made.text)

        assert f"case {ids['case']}" in httpx2.get(own + path).text
        assert httpx2.get(served.at("pz-midi").address + path).status_code == 404


def test_one_browser_stays_signed_in_at_the_pages_of_two_agencies(
    apart: World, served: PagesApart
) -> None:
    cast = Cast(apart)
    with httpx2.Client() as browser:
        for officer, agency in OWN.items():
            site = served.at(agency)
            browser.headers["origin"] = site.address
            browser.post(f"{site.address}/sign-in/persona", data={"officer": officer})

        for officer, agency in OWN.items():
            page = browser.get(served.at(agency).address)
            assert cast.officer(officer).service_number in page.text


def test_the_pages_of_an_agency_are_told_of_its_keys_alone(
    apart: World, served: PagesApart, ids: dict[str, UUID]
) -> None:
    for agency in OWN.values():
        told = environment(served.pid(agency))
        own = str(apart.data.nodes / agency)

        assert told["ESTAFETTE_DATA"] == told["ESTAFETTE_NODE"] == own
        assert not [name for name in told if name.endswith(FOREIGN)]
        assert keyrings(served.pid(agency)) == {f"{own}/keyrings/{agency}.keyring"}


def test_the_pages_of_coordination_open_no_keyring(
    apart: World, served: PagesApart, ids: dict[str, UUID]
) -> None:
    assert "ESTAFETTE_NODE" not in environment(served.pid("coordination"))
    assert not apart.data.keyrings.exists()
    assert keyrings(served.pid("coordination")) == set()


def test_the_connection_of_an_agencys_pages_is_nobodys_of_another(
    apart: World, served: PagesApart, ids: dict[str, UUID]
) -> None:
    told = environment(served.pid("pz-midi"))
    own, other = (Cast(apart).officer(each) for each in (POLICE, HANDLER))
    mixed = own.model_copy(update={"agency": other.agency})
    disguised = other.model_copy(update={"agency": own.agency})
    with psycopg.connect(
        told["DATABASE_URL"],
        user=told["ESTAFETTE_ACTS_USER"],
        password=told["ESTAFETTE_ACTS_PASSWORD"],
    ) as connection:
        anybody = seen(connection)
        for each in (other, mixed, disguised):
            sit_down(connection, each)
            assert seen(connection) == anybody
            connection.execute("set local role estafette_acts")
            assert seen(connection) == anybody
            connection.rollback()
        sit_down(connection, own)
        assert seen(connection)["handoff"] == 1
        with pytest.raises(InsufficientPrivilege):
            sit_down(connection, other)
            connection.execute(STAGE, [ids["case"], other.id, other.agency])
        connection.rollback()
        connection.execute("select set_config('app.token', '00', true)")
        with pytest.raises(InsufficientPrivilege):
            connection.execute(SIGN_IN, [other.id])
        connection.rollback()


def seen(connection: psycopg.Connection[tuple[Any, ...]]) -> dict[str, int]:
    """Count the rows that a connection sees of what acts may read."""
    tables = connection.execute(
        "select distinct table_name::text from information_schema.column_privileges"
        " where grantee = 'estafette_acts' and privilege_type = 'SELECT'"
    ).fetchall()
    found = {}
    for (name,) in tables:
        query = sql.SQL("select count(*) from {}").format(sql.Identifier(name))
        ((found[name],),) = connection.execute(query).fetchall()
    assert len(found) > 20
    return found


def keyrings(pid: int) -> set[str]:
    """Return the files of keys that a process has open."""
    files = {str(each.resolve()) for each in Path(f"/proc/{pid}/fd").iterdir()}
    return {each for each in files if each.endswith(".keyring")}
