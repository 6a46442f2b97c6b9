"""Covers of a case are hidden from superiors who are excluded from that case."""

from datetime import timedelta

import pytest

from acts import covers, people
from models.agencies import OfficerFunction
from models.errors import NotFound
from models.ids import AgencyId, CaseId, OfficerId
from models.people import ExclusionGround
from policies.people import Cover
from tests.deeds.cast import MAYOR, Cast
from tests.deeds.staff import hire, left_of
from tests.running.world import World

CHIEF = "anderlecht/supervisor"


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


@pytest.fixture
def cover(world: World, cast: Cast, case: CaseId) -> Cover:
    """A cover of one case, arranged by a supervisor who is then excluded from it."""
    away, there = (
        OfficerId(hire(world, cast, f"anderlecht/{name}", OfficerFunction.HANDLER))
        for name in (f"away-{len(cast.officers)}", f"there-{len(cast.officers)}")
    )
    given = Cover(
        agency=AgencyId("anderlecht"),
        absent=away,
        covering=there,
        from_day=cast.today,
        until_day=cast.today + timedelta(days=20),
        case=case,
    )
    covers.arrange(cast.desk, cast.officer(CHIEF), given)
    mayor, chief = cast.officer(MAYOR), OfficerId(CHIEF)
    world.do(people.exclude(cast.desk, mayor, case, chief, ExclusionGround.FAMILY))
    return given


def test_the_excluded_superior_neither_sees_nor_ends_a_cover_of_the_case(
    world: World, cast: Cast, case: CaseId, cover: Cover
) -> None:
    chief = cast.officer(CHIEF)
    listed = covers.listed(cast.desk, chief)
    with pytest.raises(NotFound) as hidden:
        covers.end(cast.desk, chief, cover.absent)
    with pytest.raises(NotFound) as never:
        covers.end(cast.desk, chief, OfficerId("anderlecht/nobody"))

    said = str(hidden.value).replace(cover.absent, "anderlecht/nobody")
    assert said == str(never.value)
    assert case not in {each.case for each in listed}
    assert left_of(world, chief, case) == set()
    assert cover in covers.listed(cast.desk, cast.officer(MAYOR))


def test_row_level_security_alone_lets_no_excluded_superior_end_a_cover(
    world: World, cast: Cast, case: CaseId, cover: Cover
) -> None:
    """Without a condition nothing is read first, and the wall on reading is silent."""
    with world.seat(cast.officer(CHIEF)) as seat:
        seat.execute(b"update cover set ended_on = legal_day()")
        seat.execute("select set_config('app.officer', %s, true)", [MAYOR])
        query = b"select absent_id, ended_on from cover where case_id = %s"
        left = seat.execute(query, [case]).fetchall()
        seat.rollback()

    assert left == [(cover.absent, None)]
