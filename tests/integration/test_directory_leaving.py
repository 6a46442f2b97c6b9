"""Whoever leaves can do nothing more, at once, by any door; and may come back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import httpx2
import pytest

from activities.overdue import Overdue
from activities.services import Services
from acts.people import designate
from models.agencies import OfficerFunction
from models.ids import CaseId, HandoffId, OfficerId
from runtime.roles import Role
from storage.engine import connect, transaction
from storage.people.changing import leave
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.looking import ordered_question
from tests.deeds.staff import directory_says, hire
from tests.oracles.evidence import entries
from tests.running.site import Site, play
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

COUNT = count(1)
FORM = {"kind": "mail", "address": "a@town.example", "language": "fr"}


@pytest.fixture
def leaver(world: World, cast: Cast) -> Iterator[str]:
    """Somebody of the commune whom no other test knows."""
    name = f"anderlecht/leaver-{next(COUNT)}"
    yield hire(world, cast, name, OfficerFunction.HANDLER)
    del cast.officers[cast.officer(name).id]


def test_a_page_that_is_open_and_a_token_count_no_longer(
    terminal: Terminal, world: World, site: Site, leaver: str
) -> None:
    with site.browser() as browser, site.program(leaver) as program:
        play(browser, leaver)
        assert browser.get("/cases").status_code == 200
        assert program.get("/me").status_code == 200

        assert terminal.run("directory", "leave", leaver).code == 0

        sent = browser.post("/notices/mail", data=FORM)
        assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?next=/")
        shown = browser.get("/cases")
        assert shown.headers["location"] == "/sign-in?next=/cases"
        told = program.get("/me")
        assert told.status_code == 401
        assert "the directory does not know you" in told.text
        assert play(browser, leaver).status_code == 403
        assert f'value="{leaver}"' not in browser.get("/sign-in").text
        assert terminal.ask(leaver, "case", "list").code == 3
        again = {"officer": leaver}
        assert program.post("/demo/token", json=again).status_code == 404

        words = ("directory", "change", leaver, "--function", "handler")
        assert terminal.run(*words).code == 0
        play(browser, leaver)
        assert browser.get("/cases").status_code == 200
        assert program.get("/me").status_code == 200


def test_other_functions_count_on_the_next_page(
    terminal: Terminal, site: Site, leaver: str
) -> None:
    with site.browser() as browser, site.program(leaver) as program:
        play(browser, leaver)
        assert browser.get("/audit/trail").status_code == 403

        words = ("directory", "change", leaver, "--function", "auditor")
        assert terminal.run(*words).code == 0

        assert browser.get("/audit/trail").status_code == 200
        assert program.get("/me").json()["officer"]["functions"] == ["auditor"]


def test_nothing_by_which_they_came_or_heard_is_left(
    terminal: Terminal, world: World, site: Site, leaver: str
) -> None:
    ways = ("signed_in", "calendar_feed", "notice_way")
    with site.browser() as browser:
        play(browser, leaver)
        assert browser.post("/notices/mail", data=FORM).status_code == 303
        assert browser.post("/notices/calendar").status_code == 200

        def left() -> list[int]:
            count = "select count(*) from {} where officer_id = %s"
            return [world.one(count.format(each), leaver) for each in ways]

        assert left() == [1, 1, 1]

        terminal.run("directory", "leave", leaver)

        assert left() == [0, 0, 0]
    logged = [e for e in entries(world) if e["kind"] == "officer.left"]
    assert {"agency", "named"} <= logged[-1].keys()


@pytest.mark.parametrize(
    ("path", "table"),
    [("/notices/calendar", "calendar_feed"), ("/notices/mail", "notice_way")],
)
def test_what_is_begun_while_its_officer_leaves_is_not_kept(
    world: World, site: Site, leaver: str, path: str, table: str
) -> None:
    waits = "select 1 from pg_stat_activity where wait_event_type = 'Lock'"
    waits += f" and starts_with(query, 'INSERT INTO {table}')"
    owner = connect(world.settings.database(Role.OWNER), pool=1)
    with site.browser() as browser, ThreadPoolExecutor(1) as beside:
        play(browser, leaver)
        with transaction(owner) as connection:
            leave(connection, leaver, at=world.clock.now())
            begun = beside.submit(browser.post, path, data=FORM)
            assert eventually(lambda: begun.done() or bool(world.rows(waits)))
        answer = begun.result()
    owner.dispose()

    assert answer.status_code == 404
    kept = f"select count(*) from {table} where officer_id = %s"  # noqa: S608
    assert world.one(kept, leaver) == 0


def test_a_sign_in_that_was_begun_meanwhile_does_not_count(
    terminal: Terminal, world: World, site: Site, leaver: str
) -> None:
    with site.browser() as browser:
        play(browser, leaver)
        with world.superuser() as connection:
            empty = "update officer set functions = '{}' where id = %s"
            connection.execute(empty, [leaver])

        assert browser.get("/cases").headers["location"] == "/sign-in?next=/cases"


def test_nobody_is_designated_or_stands_in_who_has_left(
    terminal: Terminal, world: World, cast: Cast, case: CaseId, leaver: str
) -> None:
    named = ("case", "designate", case, leaver)
    assert terminal.ask("anderlecht/mayor", *named).code == 0

    terminal.run("directory", "leave", leaver)

    assert terminal.ask("anderlecht/mayor", *named).code == 3
    days = ("--from", cast.today, "--until", cast.today)
    words = ("officer", "cover", "--absent", HANDLER, "--by", leaver, *days)
    assert terminal.ask("anderlecht/supervisor", *words).code == 3
    listed = terminal.do(HANDLER, "case", "people", case)
    assert leaver in {each["officer"] for each in listed["designated"]}
    assert terminal.ask("anderlecht/mayor", "case", "release", case, leaver).code == 0


def test_an_act_stored_before_its_officer_left_is_refused(
    terminal: Terminal, world: World, cast: Cast, case: CaseId
) -> None:
    """The record step asks the directory too, when it takes the act up."""
    name = hire(world, cast, "anderlecht/leaving-mayor", OfficerFunction.MAYOR)
    mayor, desk = cast.officer(name), cast.unheard().desk
    second = OfficerId("anderlecht/second")
    stored = world.do(designate(desk, mayor, case, second, None))

    terminal.run("directory", "leave", name)

    world.grow_old("case.designate", case)
    state = "select state from intent where act_id = %s"
    assert eventually(lambda: world.one(state, stored.act) == "refused")
    del cast.officers[mayor.id]


def test_a_finding_whose_owner_left_is_told_to_its_auditors(
    terminal: Terminal, world: World, cast: Cast, case: CaseId
) -> None:
    item = ordered_question(world, cast, case)
    owner = hire(world, cast, "pz-midi/leaver", OfficerFunction.SUPERVISOR)
    words = ("audit", "trail", "--item", item, "--kind", "item.released")
    read = terminal.do("audit/auditor", *words)[0]["entry"]
    opened = ("audit", "finding", "open", read, "--owner", owner, "--text", "Pourquoi?")
    name = terminal.do("audit/auditor", *opened)["finding"]["id"]
    terminal.run("directory", "leave", owner)
    engine = connect(world.settings.database(Role.RECORD), pool=1)
    services = Services(engine, cast.desk.packs, cast.desk.sharing, world.clock)
    shift = "update finding set due_on = due_on + %s where id = %s"
    left = "select due_on - legal_day() from finding where id = %s"
    days = world.one(left, name) + 1

    with world.superuser() as connection:
        connection.execute(shift, [-days, name])
    Overdue(services).once()
    with world.superuser() as connection:  # as the log says, for those who verify it
        connection.execute(shift, [days, name])

    engine.dispose()
    told = (
        "select agency_id from notice where case_id = %s and kind = 'finding_overdue'"
    )
    assert world.rows(told, name) == [("audit",)]
    closed = ("--outcome", "explained", "--text", "Parti.")
    terminal.do("audit/auditor", "audit", "finding", "close", name, *closed)
    del cast.officers[cast.officer(owner).id]


def test_an_agency_whose_node_never_started_gets_nothing_and_breaks_no_list(
    terminal: Terminal,
    world: World,
    client: httpx2.Client,
    case: CaseId,
    asked: HandoffId,
) -> None:
    """As it stands in the directory from `directory enter` until then."""
    sealed = "select count(*) from item"
    before = world.one(sealed)
    with directory_says(world, "pz-midi", statement=b"", certificates=[]):
        words = ("handoff", "ask", case, "--to", "pz-midi", "--question", "Faits?")
        refused = terminal.ask(HANDLER, *words)
        assert (refused.code, refused.error["error"]) == (5, "Conflict")
        assert refused.error["message"] == "`pz-midi` has no delivery key yet"
        assert "its node publishes one" in refused.error["help"]
        assert world.one(sealed) == before

        bodies = terminal.run("directory", "list", "--json").document["agencies"]
        assert {b["id"] for b in bodies if not b["keys_published"]} == {"pz-midi"}
        assert "agency pz-midi" not in terminal.run("ledger", "keys").out
        for words in (
            ("case", "list"),
            ("case", "show", case),
            ("handoff", "show", asked),
        ):
            terminal.do(HANDLER, *words)
        terminal.do("pz-midi/analyst", "handoff", "inbox")
        terminal.do("audit/auditor", "audit", "twins")
        play(client, HANDLER)
        for page in ("/", "/cases", f"/cases/{case}", f"/handoffs/{asked}"):
            assert client.get(page).status_code == 200, page
