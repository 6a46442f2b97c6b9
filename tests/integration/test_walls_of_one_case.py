"""A transaction about one case: what it sees is as before of that, and never more."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from psycopg import IsolationLevel

from models.ids import CaseId
from runtime.roles import Role
from tests.deeds.cast import DEIPP, HANDLER, MAYOR, POLICE, Cast
from tests.deeds.consulting import Consulted, consult
from tests.running.world import World, sit_down

OFFICERS = (
    HANDLER,
    MAYOR,
    "anderlecht/supervisor",
    POLICE,
    DEIPP,
    "saint-gilles/mayor",
)
OF_A_CASE = (
    "select table_name, case column_name when 'id' then 'id' else 'case_id' end"
    " from information_schema.column_privileges"
    " where grantee = 'estafette_acts' and privilege_type = 'SELECT'"
    " and (column_name = 'case_id'"
    "     or (table_name = 'case_file' and column_name = 'id'))"
)


@pytest.fixture(scope="module")
def asked(world: World, cast: Cast) -> Consulted:
    return world.do(consult(cast))


@pytest.fixture(scope="module")
def other(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


Seen = Callable[[object], dict[str, list[tuple[UUID, int]]]]


@contextmanager
def looking(world: World, cast: Cast, who: str) -> Iterator[Seen]:
    """Lend how many rows of which case somebody sees in each table, at one moment.

    What the engine does meanwhile must not look like a wall.
    """
    tables = world.rows(OF_A_CASE)

    with world.connection(Role.ACTS) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        sit_down(connection, cast.officer(who))

        def seen(about: object) -> dict[str, list[tuple[UUID, int]]]:
            connection.execute("select set_config('app.case', %s, true)", [str(about)])
            found = {}
            for table, column in tables:
                query = f"select {column}, count(*) from {table} group by 1 order by 1"  # noqa: S608
                found[str(table)] = connection.execute(query.encode()).fetchall()
            return found

        yield seen


@pytest.mark.parametrize("who", OFFICERS)
def test_whatever_a_transaction_is_about_it_sees_no_more_than_without(
    world: World, cast: Cast, asked: Consulted, other: CaseId, who: str
) -> None:
    abouts = asked.case, other, uuid4()
    with looking(world, cast, who) as seen:
        whole, parts = seen(""), [(about, seen(about)) for about in abouts]
    assert {"case_file", "handoff", "item", "timeline"} <= whole.keys()

    for about, part in parts:
        for table, rows in part.items():
            everything = dict(whole[table])
            assert all(count <= everything.get(case, 0) for case, count in rows), table
            # Of that case, what is seen is the same.
            assert dict(rows).get(about, 0) == everything.get(about, 0), table


def test_who_is_named_for_both_is_shown_one(
    world: World, cast: Cast, asked: Consulted, other: CaseId
) -> None:
    with looking(world, cast, HANDLER) as seen:
        whole, part = seen(""), seen(other)

    assert {asked.case, other} <= dict(whole["case_file"]).keys()
    assert dict(part["case_file"]) == {other: 1}


def test_it_ends_with_the_transaction(world: World, other: CaseId) -> None:
    with world.connection(Role.ACTS) as connection:
        connection.execute("select set_config('app.case', %s, true)", [str(other)])
        connection.commit()
        assert connection.execute("select only_case()").fetchone() == (None,)
