"""Row-level security, the SQL of lists and a plain oracle, on random worlds.

Each world has officers who are named, cover, are kept out or broke the glass, on days
that pass; every case, question and item is a decision for each officer on each day.
"""

import random
from collections.abc import Iterator, Mapping
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
from tests.postgres import migrated_database
from tests.walls_oracle import Person, Rows, Sight
from tests.walls_worlds import DAYS, noon, random_world, store, store_people

WALLED = (t.case_file, t.handoff, t.item)
LISTED = 2  # the officer's own list, and the agency's inbox


@pytest.fixture(scope="module")
def rows() -> Rows:
    return random_world(random.Random(2026))


@pytest.fixture(scope="module")
def acts(rows: Rows) -> Iterator[Engine]:
    """The acts role of a database that holds one random world."""
    with migrated_database() as urls:
        for role, put in ((Role.OWNER, store_people), (Role.RECORD, store)):
            engine = connect(urls[role], pool=1)
            with transaction(engine) as connection:
                put(connection, rows)
            engine.dispose()
        engine = connect(urls[Role.ACTS], pool=1)
        yield engine
        engine.dispose()


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
    acts: Engine, rows: Rows
) -> None:
    decisions, seen = 0, 0
    everything = [len(rows.cases), len(rows.handoffs), len(rows.items)]
    for person in rows.people:
        for day in DAYS:
            sight = Sight(rows, person, noon(day))
            to_them = {h.id for h in rows.handoffs if h.asked == person.agency}
            expected = [sight.cases(), sight.handoffs(), sight.items()]
            expected += [sight.own_cases(), sight.handoffs() & to_them]
            who = Acting(officer_of(person), day, noon(day))
            with acting(acts, who) as connection:
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
    "day": DAYS[0].isoformat(),
    "at": noon(DAYS[0]).isoformat(),
}


@pytest.mark.parametrize("missing", ["officer", "agency", "day", None])
@pytest.mark.parametrize("empty", [True, False])
def test_a_setting_that_is_missing_or_empty_leaves_nothing_to_see(
    acts: Engine, missing: str | None, empty: bool
) -> None:
    with transaction(acts) as connection:
        for name, value in SETTINGS.items():
            if name != missing or empty:
                told = "" if name == missing else value
                values = {"name": f"app.{name}", "value": told}
                connection.execute(_SET, values)
        found = walled(connection)

    assert any(found) is (missing is None)
