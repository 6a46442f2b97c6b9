"""Statements past SQLAlchemy fail as those that it executes."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DataError

from models.errors import DatabaseUnavailable
from runtime.roles import Role
from storage import compiled
from storage import tables as t
from storage.engine import connect, transaction
from storage.writing import together
from tests.running.world import World

_ADD = text("select cast(:one as integer) + cast(:other as integer) as sum")


@pytest.fixture
def engine(world: World) -> Iterator[Engine]:
    engine = connect(world.settings.database(Role.ACTS), pool=2)
    yield engine
    engine.dispose()


def add(engine: Engine, **values: object) -> object:
    with transaction(engine) as connection:
        [row] = compiled.execute(connection, _ADD, values)
        return row.sum


def test_parameters_are_taken_by_name(engine: Engine) -> None:
    assert add(engine, other=1, one=2) == 3


def test_what_the_database_refuses_is_sqlalchemys_error_without_values(
    engine: Engine,
) -> None:
    with pytest.raises(DataError) as refused:
        add(engine, one="secret", other=1)

    assert "[SQL: " in str(refused.value) and "[parameters:" not in str(refused.value)
    assert add(engine, one=1, other=1) == 2


def test_columns_of_one_name_are_refused(engine: Engine) -> None:
    with pytest.raises(DataError, match="duplicate"), transaction(engine) as connection:
        compiled.execute(connection, text("select 1 as one, 2 as one"), {})


@pytest.mark.parametrize("number", [4, 9], ids=["few", "many"])
def test_documents_come_back_as_they_were_written(engine: Engine, number: int) -> None:
    alike = {"schema_text": "{}", "engine": "none", "first_used": datetime.now(UTC)}
    quoted = {"said": 'a "quote", a \\ and é', "none": None}
    rows = [
        {"digest": f"made up {n}", "policies": quoted | {"n": n}} | alike
        for n in range(number)
    ]

    with engine.connect() as connection:  # which is rolled back
        with together(connection) as written:
            written.add(t.policy_set, *rows)
        ours = t.policy_set.c.digest.like("made up %")
        query = select(t.policy_set).where(ours).order_by(t.policy_set.c.digest)
        found = [dict(row) for row in connection.execute(query).mappings()]

    assert found == rows


def test_a_lost_connection_is_lost_once_for_all_of_the_pool(
    world: World, engine: Engine
) -> None:
    with engine.connect() as one, engine.connect() as other:
        pids = [each.scalar(text("select pg_backend_pid()")) for each in (one, other)]
    with world.superuser() as connection:
        ended = "select pg_terminate_backend(pid, 5000) from unnest(%s::int[]) pid"
        assert connection.execute(ended, [pids]).fetchall() == [(True,), (True,)]

    with pytest.raises(DatabaseUnavailable):
        add(engine, one=1, other=1)
    assert add(engine, one=1, other=1) == 2
    assert add(engine, one=1, other=1) == 2
