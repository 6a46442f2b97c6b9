"""What the acts role may do at all: read, add, and mark as confirmed."""

import psycopg
import pytest

from models.ids import CaseId
from tests.cast import HANDLER, Cast
from tests.world import World


@pytest.fixture(scope="module")
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def test_the_acts_role_owns_nothing_and_stands_under_every_wall(world: World) -> None:
    owners = "select distinct tableowner from pg_tables where schemaname = 'public'"
    powers = (
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit and"
        " exists (select 1 from pg_auth_members m where m.member = r.oid)"
        " from pg_roles r where rolname ~ '^estafette_'"
    )
    walls = (
        "select relname from pg_class c join pg_namespace n on n.oid = relnamespace"
        " where nspname = 'public' and relkind = 'r' and relname <> 'alembic_version'"
        " and not (relrowsecurity and relforcerowsecurity)"
    )

    assert world.rows(owners) == [("estafette_owner",)]
    assert set(world.rows(powers)) == {(False,) * 5}
    assert world.rows(walls) == []


def test_the_acts_role_changes_only_the_mark_of_confirmation_and_a_cover_s_end(
    world: World,
) -> None:
    changes = (
        "select table_name, column_name from information_schema.column_privileges"
        " where grantee in ('estafette_acts', 'PUBLIC') and table_schema = 'public'"
        " and privilege_type = 'UPDATE'"
    )
    removals = (
        "select table_name from information_schema.role_table_grants where grantee in"
        " ('estafette_acts', 'PUBLIC') and table_schema = 'public'"
        " and privilege_type not in ('SELECT', 'INSERT')"
    )

    assert sorted(world.rows(changes)) == [
        ("cover", "ended_on"),
        ("intent", "settled_at"),
    ]
    assert world.rows(removals) == []


@pytest.mark.parametrize(
    "statement",
    [
        "update intent set state = 'recorded'",
        "update handoff set state = 'answered'",
        "update item set state = 'live'",
        "delete from intent",
        "delete from release",
        "delete from timeline",
        "truncate item_body",
        "insert into timeline select * from timeline limit 0",
        "insert into case_file select * from case_file limit 0",
        "select * from ledger_staging",
        "select * from ledger_entry",
        "select * from ledger_salt",
        "select * from ruling",
        "select * from node_order",
        "select * from retention_due",
        "create table mine (x int)",
        "alter table item disable row level security",
        "set role estafette_record",
    ],
)
def test_the_acts_role_is_refused(world: World, cast: Cast, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        with world.seat(cast.officer(HANDLER)) as seat:
            seat.execute(statement.encode())


def test_an_intent_cannot_be_staged_in_somebody_elses_name(
    world: World, cast: Cast, case: CaseId
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
        with world.seat(cast.officer(HANDLER)) as seat:
            seat.execute(
                "insert into intent values (gen_random_uuid(), %s, 'case.close',"
                " 'anderlecht/mayor', 'anderlecht', '', '{}', now(), now(), 'staged')",
                [case],
            )


def test_an_intent_cannot_be_staged_as_recorded(
    world: World, cast: Cast, case: CaseId
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
        with world.seat(cast.officer(HANDLER)) as seat:
            seat.execute(
                "insert into intent values (gen_random_uuid(), %s, 'case.close',"
                " %s, 'anderlecht', '', '{}', now(), now(), 'recorded')",
                [case, HANDLER],
            )
