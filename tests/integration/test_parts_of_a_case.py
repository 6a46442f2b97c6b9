"""The parts of a case are the same, read one by one or ahead in one trip."""

from acts.pages.overview import find_view
from storage.case_view import CaseView
from storage.sessions import acting
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.measures import lodge, take_measure
from tests.running.world import World

PARTS = ("handoffs", "deadlines", "hearings", "decisions", "appeals", "destruction")


def parts_of(view: CaseView) -> dict[str, object]:
    return {name: getattr(view, name) for name in PARTS}


def test_what_is_read_ahead_is_what_is_read_alone(world: World, cast: Cast) -> None:
    case = world.do(take_measure(cast))
    world.do(lodge(cast, case, cast.today))
    world.do(cast.close(case))
    who = cast.desk.acting(cast.officer(HANDLER))

    with acting(cast.desk.database, who) as connection:
        alone = find_view(cast.desk, connection, case)
        ahead = find_view(cast.desk, connection, case)
        assert ahead.read_ahead() == {}
        found = parts_of(alone)

    assert found == parts_of(ahead)
    assert all(found.values()), found
