"""A transaction about one case: what it sees is as before of that, and never more."""

from uuid import UUID, uuid4

import pytest

from models.ids import CaseId
from runtime.roles import Role
from tests.deeds.cast import DEIPP, HANDLER, MAYOR, POLICE, Cast
from tests.deeds.consulting import Consulted, consult
from tests.running.world import World

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


def seen(
    world: World, cast: Cast, who: str, about: object
) -> dict[str, list[tuple[UUID, int]]]:
    """Return how many rows of which case somebody sees in each table."""
    tables = world.rows(OF_A_CASE)
    found = {}
    with world.seat(cast.officer(who)) as seat:
        seat.execute("select set_config('app.case', %s, true)", [str(about)])
        for table, column in tables:
            query = f"select {column}, count(*) from {table} group by 1 order by 1"  # noqa: S608
            found[str(table)] = seat.execute(query.encode()).fetchall()
    return found


@pytest.mark.parametrize("who", OFFICERS)
def test_whatever_a_transaction_is_about_it_sees_no_more_than_without(
    world: World, cast: Cast, asked: Consulted, other: CaseId, who: str
) -> None:
    whole = seen(world, cast, who, "")
    assert {"case_file", "handoff", "item", "timeline"} <= whole.keys()

    for about in (asked.case, other, uuid4()):
        part = seen(world, cast, who, about)
        for table, rows in part.items():
            everything = dict(whole[table])
            assert all(count <= everything.get(case, 0) for case, count in rows), table
            # Of that case, what is seen is the same.
            assert dict(rows).get(about, 0) == everything.get(about, 0), table


def test_who_is_named_for_both_is_shown_one(
    world: World, cast: Cast, asked: Consulted, other: CaseId
) -> None:
    whole, part = (seen(world, cast, HANDLER, each) for each in ("", other))

    assert {asked.case, other} <= dict(whole["case_file"]).keys()
    assert dict(part["case_file"]) == {other: 1}


def test_it_ends_with_the_transaction(world: World, other: CaseId) -> None:
    with world.connection(Role.ACTS) as connection:
        connection.execute("select set_config('app.case', %s, true)", [str(other)])
        connection.commit()
        assert connection.execute("select only_case()").fetchone() == (None,)
