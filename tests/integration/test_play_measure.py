"""The reference case with a measure, until nothing is kept any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from acts import decisions
from commands.demo import endings
from models.errors import EstafetteError, NotPermitted
from models.ids import workflow_id
from tests.deeds.cast import MAYOR, Cast
from tests.oracles.evidence import disagreements, unproven_acts
from tests.running.playing import Played, new_play, settle
from tests.running.world import World

_COMPLETED: Any = "activity_task_completed_event_attributes"


_refused_in_both_hats: list[EstafetteError] = []


@contextmanager
def both_hats(world: World) -> Iterator[None]:
    """Let the mayor speak for the college too, for a moment."""
    change = "update officer set functions = array_%s(functions, 'college')"
    for deed in ("append", "remove"):
        with world.superuser() as connection:
            statement = f"{change % deed} where id = '{MAYOR}'"
            connection.execute(statement.encode())
        if deed == "append":
            yield


@pytest.fixture(scope="module")
def with_measure(world: World, cast: Cast) -> Iterator[Played]:
    adopting = decisions.adopt

    async def adopt_after_the_mayor_tried(desk, officer, *rest):  # type: ignore[no-untyped-def]
        if officer.id != MAYOR:
            with both_hats(world):
                try:
                    await adopting(desk, cast.officer(MAYOR), *rest)
                except EstafetteError as error:
                    _refused_in_both_hats.append(error)
        return await adopting(desk, officer, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decisions, "adopt", adopt_after_the_mayor_tried)
        play = new_play(world, cast, patch)
        world.do(endings.play_measure(play))
    settle(world, play)
    yield Played(play, [])


@pytest.mark.usefixtures("with_measure")
def test_who_proposed_a_decision_does_not_adopt_it_in_another_hat() -> None:
    [error] = _refused_in_both_hats

    assert isinstance(error, NotPermitted)
    assert "you proposed this decision" in error.message


def test_the_play_with_a_measure_ends_closed_in_record_and_process(
    world: World, with_measure: Played
) -> None:
    play = with_measure.play

    query = "select stage, outcome from case_file where id = %s"
    assert world.rows(query, play.case) == [("closed", "out.refuse")]
    query = "select state, notified_on is not null, filed_on is not null from decision"
    assert world.rows(query + " where case_id = %s", play.case) == [
        ("notified", True, True)
    ]
    assert disagreements(world, play.case) == []
    assert (play.acts, play.refusals) == (41, 6)


@pytest.mark.parametrize(
    "words",
    [
        "asks SPF Finances directly: refused",
        "extends it once more: refused the `inquiry` term cannot be extended",
        "proposes a refusal before any hearing: refused",
        "adopts the decision alone: refused `decision.adopt` is done by college",
        "confirms that no appeal was lodged: refused the term for appeal runs until",
    ],
)
def test_every_refusal_of_the_longer_play_is_shown(
    with_measure: Played, words: str
) -> None:
    assert words in with_measure.shown


def test_the_process_destroys_on_the_day_that_no_appeal_was_confirmed(
    world: World, with_measure: Played
) -> None:
    """NLC 119quinquies §2 al.4: without waiting for the next daily round."""
    case = with_measure.play.case
    query = "select no_appeal_on from decision where case_id = %s"
    confirmed = world.one(query, case)
    query = "select due_on from deadline where case_id = %s and clock = 'annulment'"
    assert confirmed > world.one(query, case)

    days = world.rows(
        "select distinct due_on, state from retention_due"
        " where case_id = %s and scope = 'underlying'",
        case,
    )

    assert days == [(confirmed, "destroyed")]
    history = world.do(
        world.client.get_workflow_handle(workflow_id(case)).fetch_history()
    )
    done = [e for e in history.events if e.HasField(_COMPLETED)]
    assert len(done) == 1


def test_five_years_later_nothing_of_the_file_is_left(
    world: World, with_measure: Played
) -> None:
    case = with_measure.play.case

    left = world.rows(
        "select i.id, k.agency_id, k.scope from item_key k"
        " join item i on i.id = k.item_id where i.case_id = %s",
        case,
    )
    waiting = "select count(*) from retention_due where case_id = %s and state = "
    bodies = "select count(*) from item_body b join item i on i.id = b.item_id where "

    assert left == []
    assert world.one(waiting + "'waiting'", case) == 0
    assert world.one(bodies + "i.case_id = %s", case) == 0


def test_those_who_refused_are_not_told_how_it_ended(
    world: World, with_measure: Played
) -> None:
    query = (
        "select distinct agency_id from notice"
        " where case_id = %s and kind = 'feedback' and detail = 'out.refuse' order by 1"
    )

    told = [agency for (agency,) in world.rows(query, with_measure.play.case)]

    assert told == ["ciear-bxl", "deipp", "onss", "pz-midi", "spf-finances"]


def test_every_act_of_the_longer_play_is_proven_once(
    world: World, with_measure: Played
) -> None:
    assert unproven_acts(world) == []
