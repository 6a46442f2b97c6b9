"""Who comes, goes and is kept out, what is left of a case, and a changed directory."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import URL, create_engine

from acts.desk import Desk
from models.agencies import Officer, OfficerFunction
from models.ids import AgencyId, CaseId, OfficerId
from runtime.clock import clock_for
from runtime.embedded.credentials import load_credentials
from runtime.roles import DATABASE, Role
from storage.engine import connect, transaction
from storage.people import entering
from tests.deeds.cast import Cast
from tests.running.world import World

# The walls themselves read it in the name of the officer whom they keep out.
_OF_THE_WALLS = {"exclusion"}


def hire(world: World, cast: Cast, name: str, *functions: OfficerFunction) -> str:
    """Enter one more officer in the directory; return the name."""
    person = Officer(
        id=OfficerId(name),
        agency=AgencyId(name.split("/")[0]),
        functions=frozenset(functions),
        service_number=f"NEW-{len(cast.officers)}",
    )
    owner = connect(world.settings.database(Role.OWNER), pool=1)
    with transaction(owner) as connection:
        now = clock_for(world.settings, owner).now()
        entering.enter(connection, (), (person,), at=now)
    owner.dispose()
    cast.officers[person.id] = person
    return name


def left_of(world: World, officer: Officer, case: CaseId) -> set[str]:
    """Return the tables in which an officer finds any row of a case."""
    readable = (
        "select distinct c.table_name from information_schema.columns c"
        " join information_schema.column_privileges p using (table_name)"
        " where c.column_name = 'case_id' and p.grantee = 'estafette_acts'"
        " and p.privilege_type = 'SELECT' and c.table_schema = 'public'"
    )
    names = {name for (name,) in world.rows(readable)} - _OF_THE_WALLS
    assert {"handoff", "item", "timeline", "notice", "intent", "audience"} <= names
    columns = dict.fromkeys(names, "case_id") | {"case_file": "id"}
    found = set()
    with world.seat(officer) as seat:
        for table, column in columns.items():
            query = f"select 1 from {table} where {column} = %s"  # noqa: S608
            if seat.execute(query.encode(), [case]).fetchone():
                found.add(table)
    return found


@contextmanager
def unwalled(world: World) -> Iterator[Desk]:
    """Lend a desk for whose connection row-level security does not exist."""
    credentials = load_credentials(world.data.credentials, cluster=world.data.postgres)
    url = URL.create(
        "postgresql+psycopg",
        username="postgres",
        password=credentials.superuser,
        database=DATABASE,
        query={"host": str(world.data.run)},
    )
    engine = create_engine(url)
    try:
        yield replace(world.desk, database=engine)
    finally:
        engine.dispose()


@contextmanager
def directory_says(world: World, agency: str, **columns: object) -> Iterator[None]:
    """Let the operator write into the directory, and put right afterwards."""
    query = "select statement, certificates from agency where id = %s"
    ((statement, certificates),) = world.rows(query, agency)
    own = {"statement": statement, "certificates": certificates}
    _write(world, agency, own | columns)
    try:
        yield
    finally:
        _write(world, agency, own)


def _write(world: World, agency: str, columns: dict[str, object]) -> None:
    with world.superuser() as connection:
        connection.execute(
            "update agency set statement = %(statement)s,"
            " certificates = %(certificates)s where id = %(agency)s",
            {**columns, "agency": agency},
        )
