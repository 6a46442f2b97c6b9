"""Row-level security, the SQL of lists and a plain oracle, on random worlds.

Each world has officers who are named, cover, are kept out or broke the glass, on days
that pass; every case, question and item is a decision for each officer on each day.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, select, text

from models.agencies import Officer, OfficerFunction
from models.ids import AgencyId, OfficerId
from models.pages import LARGEST_PAGE, Window
from runtime.roles import Role
from storage import lists
from storage import tables as t
from storage.engine import connect, transaction
from storage.lists import CasesWanted
from storage.sessions import Acting, acting
from tests.oracles.walls import Person, Rows, Sight
from tests.oracles.worlds import DAYS, noon, random_world, store, store_people
from tests.running.postgres import migrated_database

WALLED = (t.case_file, t.handoff, t.item)
LISTED = 2  # the officer's own list, and the agency's inbox


@pytest.fixture(scope="module")
def rows() -> Rows:
    return random_world(random.Random(2026))


@pytest.fixture(scope="module")
def engines(rows: Rows) -> Iterator[dict[Role, Engine]]:
    """The roles of a database that holds one random world."""
    with migrated_database() as urls:
        made = {role: connect(urls[role], pool=1) for role in Role}
        for role, put in ((Role.OWNER, store_people), (Role.RECORD, store)):
            with transaction(made[role]) as connection:
                put(connection, rows)
        yield made
        for engine in made.values():
            engine.dispose()


@pytest.fixture(scope="module")
def acts(engines: dict[Role, Engine]) -> Engine:
    return engines[Role.ACTS]


@pytest.fixture(scope="module")
def owner(engines: dict[Role, Engine]) -> Engine:
    return engines[Role.OWNER]


def be(owner: Engine, at: datetime) -> None:
    """Let it be another instant for the database."""
    still = f"$$ select to_timestamp({at.timestamp()}) $$"
    with transaction(owner) as connection:
        connection.exec_driver_sql(
            "create or replace function legal_now() returns timestamptz"
            f" language sql stable as {still}"
        )


def officer_of(person: Person) -> Officer:
    return Officer(
        id=OfficerId(person.id),
        agency=AgencyId(person.agency),
        functions=frozenset({OfficerFunction.HANDLER}),  # no wall looks at these
        service_number=person.id,
    )


def walled(connection: Connection) -> list[set[UUID]]:
    """Return the ids of all cases, questions and items that are seen."""
    return [{*connection.execute(select(table.c.id)).scalars()} for table in WALLED]


def listed(connection: Connection, person: Person) -> list[set[UUID]]:
    """Return the ids of an officer's own cases and of the agency's inbox."""

    def own(window: Window) -> list[UUID]:
        page = lists.cases_page(connection, CasesWanted(window=window))
        return [each.case.id for each in page]

    def inbox(window: Window) -> list[UUID]:
        agency = AgencyId(person.agency)
        page = lists.inbox_page(connection, agency, window, closed=True)
        return [each.id for each in page]

    return [{*all_of(own)}, {*all_of(inbox)}]


def all_of(page_of: object) -> Iterator[UUID]:
    window = Window(limit=LARGEST_PAGE)
    while page := page_of(window):  # type: ignore[operator]
        yield from page
        window = Window(limit=LARGEST_PAGE, after=page[-1])


def test_walls_lists_and_oracle_agree_on_who_sees_what(
    acts: Engine, owner: Engine, rows: Rows
) -> None:
    decisions, seen = 0, 0
    everything = [len(rows.cases), len(rows.handoffs), len(rows.items)]
    for day in DAYS:
        be(owner, noon(day))
        for person in rows.people:
            sight = Sight(rows, person, noon(day))
            to_them = {h.id for h in rows.handoffs if h.asked == person.agency}
            expected = [sight.cases(), sight.handoffs(), sight.items()]
            expected += [sight.own_cases(), sight.handoffs() & to_them]
            with acting(acts, Acting(officer_of(person))) as connection:
                found = walled(connection) + listed(connection, person)
            assert found == expected, f"{person} on {day}"
            decisions += sum(everything) + sum(everything[:LISTED])
            seen += sum(map(len, found))

    assert decisions >= 100_000
    assert seen > decisions // 20, "next to nothing is seen: the world is too quiet"


_SET = text("select set_config(:name, :value, true)")
SETTINGS: Mapping[str, str] = {
    "officer": "town/0",
    "agency": "town",
}


@pytest.mark.parametrize("missing", ["officer", "agency", None])
@pytest.mark.parametrize("empty", [True, False])
def test_a_setting_that_is_missing_or_empty_leaves_nothing_to_see(
    acts: Engine, owner: Engine, missing: str | None, empty: bool
) -> None:
    be(owner, noon(DAYS[0]))
    with transaction(acts) as connection:
        for name, value in SETTINGS.items():
            if name != missing or empty:
                told = "" if name == missing else value
                values = {"name": f"app.{name}", "value": told}
                connection.execute(_SET, values)
        found = walled(connection)

    assert any(found) is (missing is None)
