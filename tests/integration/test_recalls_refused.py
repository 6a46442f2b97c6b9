"""What cannot be taken back: not one's own, not there, not any more."""

from datetime import timedelta
from uuid import uuid4

import pytest

from models.errors import (
    NotFound,
    NotPermitted,
    TransitionNotAllowed,
)
from models.ids import ItemId
from tests.deeds.cast import HANDLER, Cast
from tests.deeds.control import CIEAR, PROSECUTOR, Control, Kept, all_done, given_back
from tests.oracles.evidence import refused, standing
from tests.running.world import World, eventually


def test_only_its_originator_takes_it_back(
    world: World, control: Control, spread: Kept
) -> None:
    for who in (HANDLER, CIEAR):
        error = refused(
            world, spread.case, control.recall(spread.item, who), NotPermitted
        )
        assert "`pz-midi`" in error.message
        with pytest.raises(NotPermitted):
            world.do(control.correct(spread.item, "Faux.", who))
    with pytest.raises(NotFound):  # hidden and absent read alike
        world.do(control.recall(spread.item, PROSECUTOR))


def test_twice_is_once(world: World, control: Control, kept: Kept) -> None:
    world.do(control.recall(kept.item))
    assert eventually(lambda: all_done(world, kept.item))

    again = control.recall(kept.item)
    error = refused(world, kept.case, again, TransitionNotAllowed)

    assert "`recalled` already" in error.message
    assert len(given_back(world, kept.item)) == 1


def test_what_is_not_there_is_not_taken_back(world: World, control: Control) -> None:
    with pytest.raises(NotFound):
        world.do(control.recall(ItemId(uuid4())))


def test_after_its_destruction_there_is_nothing_to_take_back(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    world.do(cast.close(kept.case))
    query = "select count(*) from audience where item_id = %s"
    assert eventually(lambda: world.one(query, kept.item) == 0)

    with pytest.raises(NotFound):
        world.do(control.recall(kept.item))


def test_a_request_about_it_ends(world: World, control: Control, kept: Kept) -> None:
    handoff = world.do(control.requested(kept))

    world.do(control.recall(kept.item))

    assert standing(world, handoff) == "expired"
    assert eventually(lambda: all_done(world, kept.item))
    refused(world, kept.case, control.grant(handoff), TransitionNotAllowed)


def test_who_may_not_read_an_item_anyway_is_not_told_of_its_recall(
    world: World, cast: Cast, control: Control
) -> None:
    kept = control.keep(expires_on=cast.today)
    world.do(control.recall(kept.item))
    assert [each.item for each in cast.file(kept.case).taken_back] == [kept.item]

    world.do(cast.until(cast.today + timedelta(days=1)))

    assert cast.file(kept.case).taken_back == ()
