"""Requests to let an item go on that are not lawful, not possible, or over."""

import pytest

from acts.releases import Wish
from models.errors import (
    InvalidInput,
    NotFound,
    OutsidePack,
    TransitionNotAllowed,
)
from models.handling import HandlingCode
from models.ids import AgencyId
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.control import CIEAR, PART, PROSECUTOR, Control, Kept
from tests.oracles.evidence import refused, standing
from tests.running.world import World


def test_a_request_is_granted_or_denied_and_not_answered(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))

    error = refused(
        world, kept.case, cast.answer(handoff, "Oui."), TransitionNotAllowed
    )

    assert "item grant" in error.help


def test_nobody_asks_for_what_no_question_needs(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    """The closed list is the only way; consent of the originator opens no other."""
    stranger = Wish(
        item=kept.item,
        to=AgencyId("spf-finances"),
        serves=kept.served,
        reasons="Intéressant.",
    )
    error = refused(world, kept.case, control.wish(stranger), OutsidePack)
    assert "no question" in error.message and "ask that agency" in error.help

    world.do(cast.recall(kept.served))

    refused(world, kept.case, control.request(kept), TransitionNotAllowed)


def test_a_request_cannot_be_made_twice_at_once_nor_for_ones_own(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    world.do(control.request(kept))
    refused(world, kept.case, control.request(kept), TransitionNotAllowed)
    world.do(cast.add_fact(kept.case))
    own = Wish(
        item=control.item(kept.case, "fact"),
        to=AgencyId("ciear-bxl"),
        serves=kept.served,
        reasons="À nous.",
    )

    error = refused(world, kept.case, control.wish(own), TransitionNotAllowed)

    assert "your own" in error.message


def test_who_does_not_hold_an_item_cannot_even_ask_for_it(
    world: World, control: Control, kept: Kept
) -> None:
    wish = Wish(
        item=kept.item, to=AgencyId("anderlecht"), serves=kept.served, reasons="?"
    )

    for who in (CIEAR, PROSECUTOR):
        with pytest.raises(NotFound):
            world.do(control.wish(wish, who))


def test_holders_of_a_case_do_not_see_requests_of_others(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))
    query = b"select handoff_id from release_request where case_id = %s"

    for who, seen in ((HANDLER, 1), (POLICE, 1), (CIEAR, 0), (PROSECUTOR, 0)):
        with world.seat(cast.officer(who)) as seat:
            assert len(seat.execute(query, [kept.case]).fetchall()) == seen, who
    assert standing(world, handoff) == "received"


def test_the_conditions_of_an_excerpt_are_never_looser(
    world: World, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))

    loose = control.grant(handoff, body=PART, code=HandlingCode.H0)

    error = refused(world, kept.case, loose, InvalidInput)
    assert "looser" in error.message and "code" in error.message


def test_who_asked_may_take_the_request_back(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))

    world.do(cast.recall(handoff))

    refused(world, kept.case, control.grant(handoff), TransitionNotAllowed)


def test_a_request_ends_with_the_question_that_it_served(
    world: World, cast: Cast, control: Control, kept: Kept
) -> None:
    handoff = world.do(control.requested(kept))

    world.do(cast.recall(kept.served))

    assert standing(world, handoff) == "recalled"
    refused(world, kept.case, control.grant(handoff), TransitionNotAllowed)
