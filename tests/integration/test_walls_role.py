"""What the acts role may do at all: read, add, and mark as confirmed."""

from datetime import timedelta

import orjson
import psycopg
import pytest

from acts import existence
from models.ids import CaseId
from models.secrecy import Secrecy
from runtime.roles import Role
from tests.deeds import forging
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.running.world import World

STAGE = (
    b"insert into intent (act_id, case_id, kind, officer_id, agency_id, purpose,"
    b" message, state) select gen_random_uuid(), %s, %s, %s, 'anderlecht', '', %s, %s"
)
CLOSE = '{"kind": "case.close"}'


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


def test_the_acts_role_changes_only_what_officers_change_without_the_record_step(
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

    asked = (
        *("closed_on", "due_on", "extended", "kept_until", "limit_code"),
        *("outcome", "state", "told_on"),
    )
    moved = ("closed_on", "due_on", "kept_until", "outcome", "state", "told_on")
    assert sorted(world.rows(changes)) == [
        *(("calendar_feed", each) for each in ("ends_at", "seal", "token")),
        ("cover", "ended_on"),
        *(("finding", each) for each in moved),
        ("honey", "lifted_at"),
        ("intent", "settled_at"),
        *(("notice_parcel", each) for each in ("attempts", "next_at", "state")),
        ("notice_seen", "until"),
        ("signed_in", "seen_at"),
        *(("subject_request", each) for each in asked),
    ]
    # A draft and addresses of one's own, and signing out.
    assert sorted(world.rows(removals)) == [
        *(("calendar_feed",), ("notice_way",), ("opening_draft",), ("signed_in",))
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "update intent set state = 'recorded'",
        "insert into intent (act_id, legal_at) values (gen_random_uuid(), now())",
        "insert into intent (act_id, stored_at) values (gen_random_uuid(), now())",
        "update handoff set state = 'answered'",
        "update item set state = 'live'",
        "delete from intent",
        "delete from release",
        "delete from timeline",
        "truncate item_body",
        "insert into timeline select * from timeline limit 0",
        "insert into case_file select * from case_file limit 0",
        "select * from ledger_staging",
        "select * from node_order",
        "select version from case_file",
        "select * from retention_due",
        "create table mine (x int)",
        "create temporary table demo_clock (x int)",
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
                STAGE,
                [case, "case.close", "anderlecht/mayor", CLOSE, "staged"],
            )


def test_an_intent_cannot_be_staged_as_another_kind_of_act(
    world: World, cast: Cast, case: CaseId
) -> None:
    """Whoever opens a case needs to know none."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
        with world.seat(cast.officer(HANDLER)) as seat:
            seat.execute(STAGE, [case, "case.open", HANDLER, CLOSE, "staged"])


def test_an_entry_cannot_be_staged_with_a_leaf_that_is_not_its_own(
    world: World, cast: Cast
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        with world.seat(cast.officer(HANDLER)) as seat:
            written = forging.entry(HANDLER, at=forging.legal_time(seat))
            seat.execute(
                "insert into ledger_staging (id, body, leaf, staged_at)"
                " values (%s, %s, %s, now())",
                [written["id"], orjson.dumps(written), bytes(32)],
            )


def test_nobody_lists_which_cases_others_are_told_of(
    world: World, cast: Cast, case: CaseId
) -> None:
    world.do(existence.conceal(cast.desk, cast.officer(HANDLER), case, Secrecy.STUB))

    with world.seat(cast.officer(POLICE)) as seat:
        assert seat.execute("select case_id from existence").fetchall() == []


def test_an_act_counts_from_when_the_database_stored_it(
    world: World, cast: Cast, case: CaseId
) -> None:
    """By the same legal time as the program's, fast or not."""
    stored = "select legal_now(), now(), stored_at, legal_at from intent limit 1"
    with world.connection(Role.RECORD) as connection:
        legal, machine, stored_at, legal_at = (
            connection.execute(stored).fetchone() or ()
        )

    assert abs(world.clock.legal(machine) - legal) < timedelta(milliseconds=1)
    assert stored_at <= machine and legal_at <= legal


def test_an_intent_cannot_be_staged_as_recorded(
    world: World, cast: Cast, case: CaseId
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
        with world.seat(cast.officer(HANDLER)) as seat:
            seat.execute(
                STAGE,
                [case, "case.close", HANDLER, CLOSE, "recorded"],
            )
