"""The migrated database is the one the code describes, and every table has its wall."""

import re
from collections.abc import Iterator, Mapping

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from runtime.roles import Role
from storage import tables
from storage.engine import connect
from tests.house.tree import ending, name_of, product
from tests.running.postgres import migrated_database

SETTING = re.compile(
    r"""(?ix) ["'\s;] (re)?set \s+ (local|session|role|app\.|\w+_timeout)"""
)
QUERIES = [*product(), *ending(".sql")]


@pytest.fixture(scope="module")
def urls() -> Iterator[Mapping[Role, str]]:
    with migrated_database() as lent:
        yield lent


@pytest.fixture
def owner(urls: Mapping[Role, str]) -> Iterator[Connection]:
    engine = connect(urls[Role.OWNER], pool=1)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def rows(connection: Connection, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(text(query))]


# What the walls ask about whoever is connected.
LENT = ["audited_missing", "audited_words", "entries_of_item", "i_asked_about",
        "i_coordinate", "i_keep_register", "i_lead", "i_protect_data", "i_see_all",
        "i_supervise",
        "i_was_given", "is_in_register", "is_noted", "items_of_trail", "keeper_has",
        "log_leaves", "my_audits", "my_cases", "my_consultations", "my_coordinated",
        "my_coordinated_questions", "my_covers", "my_drafts", "my_exclusions",
        "my_glasses", "my_holdings", "my_namings", "my_subjects", "reasons_to_open",
        "watched_officers", "who_shows"]  # fmt: skip


def test_migrations_lead_to_the_tables_of_the_code(owner: Connection) -> None:
    options = {"compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(owner, opts=options)

    assert tables.case_file.metadata is SQLModel.metadata
    assert compare_metadata(context, SQLModel.metadata) == []


def test_every_table_has_row_level_security_even_for_its_owner(
    owner: Connection,
) -> None:
    walls = dict(
        rows(
            owner,
            "select relname, relrowsecurity and relforcerowsecurity from pg_class"
            " where relnamespace = 'public'::regnamespace and relkind = 'r'",
        )
    )
    del walls["alembic_version"]

    assert walls.keys() == SQLModel.metadata.tables.keys()
    assert not [name for name, walled in walls.items() if not walled]


def test_no_view_leads_around_the_walls(owner: Connection) -> None:
    found = rows(
        owner,
        "select relname from pg_class where relnamespace = 'public'::regnamespace"
        " and relkind in ('v', 'm')"
        " and not coalesce(array_to_string(reloptions, ',') like '%security_invoker=%',"
        " false)",
    )

    assert found == []


def test_what_runs_with_the_owners_rights_can_be_asked_for_nobody_else(
    owner: Connection,
) -> None:
    """No argument names somebody, and no caller puts another table in the way."""
    found = rows(
        owner,
        "select proname, proargtypes::oid[] && array['text'::regtype::oid], proconfig"
        " from pg_proc where prosecdef"
        " and pronamespace = 'public'::regnamespace order by proname",
    )

    assert [name for name, *_ in found] == LENT
    pinned = ["search_path=public, pg_temp"]
    assert {(named, *settings) for _, named, settings in found} == {(False, *pinned)}


def test_only_the_owner_role_owns_anything(owner: Connection) -> None:
    owners = rows(
        owner,
        "select distinct pg_get_userbyid(relowner) from pg_class"
        " where relnamespace = 'public'::regnamespace",
    )

    assert owners == [(Role.OWNER.user,)]


def test_no_role_of_ours_may_pass_the_walls(owner: Connection) -> None:
    strong = rows(
        owner,
        "select rolname from pg_roles where rolname like 'estafette%'"
        " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb"
        " or rolreplication)",
    )

    assert strong == []


def test_no_serving_role_changes_who_works_here(owner: Connection) -> None:
    writable = rows(
        owner,
        "select grantee, privilege_type from information_schema.role_table_grants"
        " where table_name in ('agency', 'officer') and privilege_type <> 'SELECT'",
    )

    assert {grantee for grantee, _ in writable} <= {Role.OWNER.user}


def test_settings_are_made_for_one_transaction_only() -> None:
    found = [
        f"{name_of(file)}: {match[0].strip()}"
        for file in QUERIES
        for match in SETTING.finditer(file.read_text(encoding="utf-8"))
    ]
    kept_longer = [
        name_of(file)
        for file in QUERIES
        if re.search(r"(?is)set_config\([^)]*\bfalse\)", file.read_text("utf-8"))
    ]

    assert not found
    assert not kept_longer


def test_a_plain_setting_is_recognised() -> None:
    assert SETTING.search("\"set local lock_timeout = '2s'\"")
    assert SETTING.search("\"SET app.agency = 'x'\"")
    assert not SETTING.search("\"update t set state = 'x'\"")
