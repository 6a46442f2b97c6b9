"""The round that destroys what is due: one set that fails holds no other back."""

from datetime import date
from uuid import uuid4

import pytest

from activities.destruction import destroy
from activities.services import Services
from models.errors import DatabaseUnavailable
from models.ids import CaseId
from runtime.roles import Role
from storage.engine import connect
from tests.deeds.cast import Cast
from tests.running.world import World

LONG_AGO = date(2001, 1, 1)


def make_due(world: World, case: CaseId) -> None:
    """Say that the underlying data of a case were due long ago."""
    with world.superuser() as connection:
        connection.execute(
            "insert into retention_due"
            " (id, case_id, agency_id, scope, rule, due_on, state)"
            " values (%s, %s, 'anderlecht', 'underlying', 'test', %s, 'waiting')",
            [uuid4(), case, LONG_AGO],
        )


_KEYS = (
    "from item_key k join item i on i.id = k.item_id"
    " where i.case_id = %s and k.scope = 'underlying'"
)


def keys_of(world: World, case: CaseId) -> int:
    return int(world.one(f"select count(*) {_KEYS}", case))


def test_a_set_whose_rows_are_held_waits_and_the_others_are_destroyed(
    world: World, cast: Cast
) -> None:
    cases = [world.do(cast.open_case()) for _ in range(2)]
    for case in cases:
        world.do(cast.add_fact(case, "Des espèces en vrac."))
    engine = connect(world.settings.database(Role.RECORD), lock_ms=300, pool=1)
    services = Services(engine, cast.desk.packs, cast.desk.sharing, world.clock)
    held, free = cases
    with world.superuser() as intruder:
        intruder.execute(f"select 1 {_KEYS} for update of k".encode(), [held])
        make_due(world, held)
        make_due(world, free)
        before = keys_of(world, held)

        with pytest.raises(DatabaseUnavailable):
            destroy(services, None)

        assert before > 0
        assert (keys_of(world, held), keys_of(world, free)) == (before, 0)

    destroy(services, None)
    engine.dispose()

    assert keys_of(world, held) == 0
