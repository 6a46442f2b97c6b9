"""Several officers at once on one case: one wins, the others are told why not."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from acts.performing import Done
from models.errors import ExtensionExhausted, TransitionNotAllowed
from models.ids import CaseId
from tests.deeds.cast import Cast
from tests.oracles.evidence import disagreements, items_of, standing, unproven_acts
from tests.running.world import World


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def both(
    world: World, *deeds: Coroutine[Any, Any, Done]
) -> tuple[list[Done], list[BaseException]]:
    """Let deeds race; return who did it, and what the others were told."""

    async def race() -> list[Done | BaseException]:
        return await asyncio.gather(*deeds, return_exceptions=True)

    ended = world.do(race())
    return (
        [each for each in ended if isinstance(each, Done)],
        [each for each in ended if isinstance(each, BaseException)],
    )


def test_of_two_answers_at_once_one_counts(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))

    done, (error,) = both(
        world, cast.answer(handoff, "Rien."), cast.answer(handoff, "Beaucoup.")
    )

    assert len(done) == 1
    assert isinstance(error, TransitionNotAllowed)
    assert "already answered" in error.message and error.help
    assert [each.state for each in items_of(world, "answer", case)] == ["live"]


def test_of_two_officers_who_receive_at_once_one_has_it(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))

    done, (error,) = both(
        world, cast.receive(handoff), cast.receive(handoff, who="pz-midi/second")
    )

    assert len(done) == 1 and isinstance(error, TransitionNotAllowed) and error.help
    query = "select count(*) from designation where handoff_id = %s"
    assert world.one(query, handoff) == 1


def test_of_two_extensions_at_once_one_counts(
    world: World, cast: Cast, case: CaseId
) -> None:
    done, (error,) = both(world, cast.extend(case), cast.extend(case))

    assert len(done) == 1
    assert isinstance(error, ExtensionExhausted) and error.help
    query = "select extended from deadline where case_id = %s and clock = 'inquiry'"
    assert world.one(query, case) == 1


def test_an_answer_and_a_recall_at_once_do_not_both_count(
    world: World, cast: Cast, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    world.do(cast.receive(handoff))

    done, (error,) = both(world, cast.answer(handoff), cast.recall(handoff))

    assert len(done) == 1 and isinstance(error, TransitionNotAllowed)
    answered = standing(world, handoff) == "answered"
    assert len(items_of(world, "answer", case)) == (1 if answered else 0)


def test_more_acts_at_once_than_the_engine_takes_all_count(
    world: World, cast: Cast, case: CaseId
) -> None:
    """Temporal turns away the eleventh act in flight on one case."""
    texts = [f"Constat {number}." for number in range(16)]

    done, errors = both(world, *(cast.add_fact(case, text) for text in texts))

    assert (len(done), errors) == (16, [])
    assert len({each.act for each in items_of(world, "fact", case)}) == 16
    assert unproven_acts(world) == []
    assert disagreements(world, case) == []
