"""A calendar at an address of its own: made, asked for, ended; and told to nobody."""

import re
from collections.abc import Iterator

import httpx2
import pytest
from icalendar import Calendar

from acts import cases
from models.agencies import OfficerFunction
from models.ids import CaseId, OfficerId
from models.pages import Query
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.deeds.staff import hire
from tests.running.provider import behind_a_provider, log_in
from tests.running.site import Site, play, served
from tests.running.world import World
from web.guards.limits import ATTEMPTS, FETCHES

PAGE = "/notices/calendar"
NEVER = f"/calendar/{'A' * 43}.ics"


@pytest.fixture
def client(site: Site) -> Iterator[httpx2.Client]:
    with site.browser() as made:
        play(made, HANDLER)
        made.headers["accept-language"] = "en"
        yield made


@pytest.fixture
def program(site: Site) -> Iterator[httpx2.Client]:
    """A calendar program: it has no cookie and shows no token."""
    with httpx2.Client(base_url=site.address) as made:
        yield made


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests compare bytes, not time."""
    monkeypatch.setattr("storage.sessions.BEAT", 1e-9)


def make(client: httpx2.Client) -> str:
    """Make an address and return its path."""
    answer = client.post(PAGE)
    assert answer.status_code == 200, answer.text
    (found,) = re.findall(
        r"http://localhost:\d+(/calendar/[\w-]{43}\.ics)", answer.text
    )
    return str(found)


def told(answer: httpx2.Response) -> tuple[object, ...]:
    headers = {k: v for k, v in answer.headers.items() if k != "date"}
    return answer.status_code, headers, answer.content


def test_a_calendar_asks_at_an_address_until_it_is_ended(
    world: World, cast: Cast, client: httpx2.Client, program: httpx2.Client
) -> None:
    newcomer = hire(world, cast, "anderlecht/newcomer", OfficerFunction.HANDLER)
    opening = cast.opening().model_copy(update={"designated": (OfficerId(newcomer),)})
    opened = cases.open_case(cast.desk, cast.officer(MAYOR), opening)
    case = world.do(opened).case
    play(client, newcomer)
    address = make(client)
    assert address not in client.get(PAGE).text
    assert "Your address counts until" in client.get(PAGE).text

    answer = program.get(address)
    found = Calendar.from_ical(answer.content)
    about = {str(each["description"]) for each in found.events}
    # Questions to the whole agency may have come, from others who use this world.
    assert {each for each in about if "case" in each} == {f"case {case}"}
    for name in ("Lavage", "Exemple", "Anderlecht"):
        assert name not in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    assert "set-cookie" not in answer.headers

    ended = client.post(f"{PAGE}/end")
    assert ended.headers["location"] == f"{PAGE}?done=recorded"
    assert told(program.get(address)) == told(program.get(NEVER))
    assert "Your address counts until" not in client.get(PAGE).text


def test_whoever_signs_out_everywhere_leaves_no_address(
    client: httpx2.Client, program: httpx2.Client, case: CaseId
) -> None:
    address = make(client)
    assert program.get(address).status_code == 200

    client.post("/sign-out/everywhere")

    assert told(program.get(address)) == told(program.get(NEVER))


def test_each_time_is_a_read_in_the_log(
    world: World, client: httpx2.Client, program: httpx2.Client
) -> None:
    reads = "select count(*) from list_page where shown->>'query' = %s"
    address, before = make(client), world.one(reads, Query.FEED)

    for path in (address, address, NEVER):
        program.get(path)

    assert world.one(reads, Query.FEED) == before + 2


def test_no_answer_about_an_address_leaves_off_the_beat(
    world: World, program: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[float] = []

    def rest(began: float) -> float:
        kept.append(began)
        return 0

    monkeypatch.setattr("web.api.door.rest_of_beat", rest)

    program.get(NEVER)

    assert len(kept) == 1


def test_what_counts_no_longer_is_as_what_never_was(
    world: World, cast: Cast, site: Site, program: httpx2.Client
) -> None:
    leaver = hire(world, cast, "anderlecht/leaver", OfficerFunction.HANDLER)
    ways = {
        "made anew": lambda browser: make(browser),
        "old": lambda _: _changed(world, "ends_at = now()", leaver),
        "not written by the pages": lambda _: _changed(
            world, "ends_at = ends_at + interval '1 day'", leaver
        ),
        "without a function": lambda _: _owner(
            world, "update officer set functions = '{}' where id = %s", leaver
        ),
    }
    absent = told(program.get(NEVER))
    with site.browser() as browser:
        play(browser, leaver)
        for why, end in ways.items():
            address = make(browser)
            assert program.get(address).status_code == 200, why
            end(browser)
            assert told(program.get(address)) == absent, why


def test_whoever_leaves_the_directory_leaves_no_address(
    world: World, cast: Cast, site: Site, program: httpx2.Client
) -> None:
    leaver = hire(world, cast, "anderlecht/gone", OfficerFunction.HANDLER)
    with site.browser() as browser:
        play(browser, leaver)
        address = make(browser)
    _owner(world, "delete from signed_in where officer_id = %s", leaver)

    _owner(world, "delete from officer where id = %s", leaver)

    assert told(program.get(address)) == told(program.get(NEVER))
    del cast.officers[leaver]


def test_the_database_knows_no_address_and_shows_none_to_others(
    world: World, cast: Cast, client: httpx2.Client
) -> None:
    token = make(client).removeprefix("/calendar/").removesuffix(".ics")

    assert token not in str(world.rows("select calendar_feed::text from calendar_feed"))
    with world.seat(cast.officer(HANDLER)) as seat:
        assert seat.execute("select 1 from calendar_feed").fetchall() == [(1,)]
    with world.seat(cast.officer(POLICE)) as seat:
        assert seat.execute("select 1 from calendar_feed").fetchall() == []
        changed = seat.execute("update calendar_feed set ends_at = now()")
        assert changed.rowcount == 0


def test_whoever_tries_addresses_waits_and_so_does_a_hasty_calendar(
    world: World,
) -> None:
    with served(world) as site, site.browser() as browser:
        play(browser, HANDLER)
        address = make(browser)
        with httpx2.Client(base_url=site.address) as program:
            tried = [program.get(NEVER).status_code for _ in range(ATTEMPTS.amount + 1)]
            asked = [
                program.get(address).status_code for _ in range(FETCHES.amount + 1)
            ]

    assert tried == [404] * ATTEMPTS.amount + [429]
    assert asked == [200] * FETCHES.amount + [429]


def test_an_address_is_made_after_a_stronger_proof(world: World) -> None:
    with behind_a_provider(world) as behind, behind.site.browser() as browser:
        browser.headers["accept-language"] = "en"
        sent = browser.get("/sign-in/provider")
        browser.get(log_in(sent.headers["location"], HANDLER))

        assert browser.post(PAGE).status_code == 403
        way = f"/sign-in/provider?strong=true&amp;next={PAGE}"
        assert f'href="{way}"' in browser.get(PAGE).text
        assert f'method="post" action="{PAGE}">' not in browser.get(PAGE).text

        sent = browser.get(way.replace("&amp;", "&"))
        back = browser.get(log_in(sent.headers["location"], HANDLER))
        assert back.headers["location"] == PAGE
        assert make(browser)


def _changed(world: World, change: str, officer: str) -> None:
    _owner(world, f"update calendar_feed set {change} where officer_id = %s", officer)  # noqa: S608 - ours


def _owner(world: World, statement: str, officer: str) -> None:
    with world.superuser() as connection:
        connection.execute(statement.encode(), [officer])
