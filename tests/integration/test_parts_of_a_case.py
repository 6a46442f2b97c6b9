"""What comes in one trip is what came in several, and goes to nobody else."""

import pytest
from psycopg.errors import InsufficientPrivilege

from acts import people
from acts.pages.overview import find_view
from models.agencies import AgencyKind
from models.ids import OfficerId
from models.people import ExclusionGround
from runtime.roles import Role
from storage.at_once import ask
from storage.case_view import PARTS, CaseView
from storage.people import directory
from storage.sessions import acting
from tests.deeds.cast import HANDLER, MAYOR, Cast
from tests.deeds.measures import lodge, take_measure
from tests.running.world import World


def parts_of(view: CaseView) -> dict[str, object]:
    return {name: getattr(view, name) for name, _ in PARTS}


def test_what_comes_together_is_what_comes_alone(world: World, cast: Cast) -> None:
    case = world.do(take_measure(cast))
    world.do(lodge(cast, case, cast.today))
    world.do(cast.close(case))
    who = cast.desk.acting(cast.officer(HANDLER))

    with acting(cast.desk.database, who) as connection:
        alone = find_view(cast.desk, connection, case)
        together = find_view(cast.desk, connection, case)
        agency = cast.officer(HANDLER).agency
        together.fill(ask(connection, PARTS, {"case": case, "agency": agency}))
        found = parts_of(alone)

    assert found == parts_of(together)
    assert all(found.values()), found


def test_of_the_kinds_of_agencies_those_come_that_there_are(world: World) -> None:
    there = {AgencyKind(kind) for (kind,) in world.rows("select kind from agency")}

    with world.desk.database.connect() as connection:
        found = ask(connection, (("kinds", directory.KINDS),), {})
        assert directory.kinds_of(found["kinds"]) == directory.kinds(connection)
        assert directory.kinds(connection) == there
    assert there < set(AgencyKind)


def test_who_is_kept_out_comes_with_the_ground_and_the_day(
    world: World, cast: Cast
) -> None:
    case = world.do(cast.open_case())
    mayor, out = cast.officer(MAYOR), OfficerId("anderlecht/second")
    world.do(people.exclude(cast.desk, mayor, case, out, ExclusionGround.PERSONAL))

    (kept,) = people.who_works(cast.desk, mayor, case).excluded

    assert (kept.case, kept.officer, kept.agency) == (case, out, mayor.agency)
    assert (kept.ground, kept.from_day) == (ExclusionGround.PERSONAL, cast.today)


def test_only_pages_and_acts_ask_who_shows_a_token(world: World) -> None:
    asked = b"select * from who_shows('x')"
    with world.connection(Role.ACTS) as acts:
        assert acts.execute(asked).fetchall() == []
    for role in (Role.RECORD, Role.LEDGER, Role.LINK):
        with world.connection(role) as other:
            with pytest.raises(InsufficientPrivilege):
                other.execute(asked)
