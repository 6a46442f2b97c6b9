"""News out of order: what the process makes of acts that reach it late or twice."""

import asyncio
from collections.abc import Iterator

import pytest

from activities.recording import acts
from activities.relay import Relay
from activities.services import Services
from acts import cases
from acts.handoffs import Question
from acts.performing import Done
from models.errors import OutsidePack, TransitionNotAllowed
from models.ids import AgencyId, CaseId, workflow_id
from models.process import CASE_PROCESS, ActPointer, CaseStart, Outcome
from serving.coordination import build_services
from storage.engine import transaction
from tests.deeds.cast import MAYOR, Cast
from tests.oracles.evidence import (
    disagreements,
    items_of,
    state_of,
    unproven_acts,
    waiting_acts,
)
from tests.running.world import PATIENCE, World, eventually


@pytest.fixture(scope="module")
def services(world: World) -> Iterator[Services]:
    built = build_services(world.settings)
    yield built
    built.database.dispose()


@pytest.fixture
def case(world: World, cast: Cast) -> CaseId:
    return world.do(cast.open_case())


def record_unseen(services: Services, pointer: ActPointer) -> Outcome:
    """Record an act and die before the process hears of it."""
    with transaction(services.database) as connection:
        return acts.record(connection, services, pointer)


def pointer(done: Done, kind: str) -> ActPointer:
    return ActPointer(act=done.act, case=done.case, kind=kind)


def test_an_older_act_confirmed_after_a_newer_one_takes_nothing_back(
    world: World, cast: Cast, services: Services, case: CaseId
) -> None:
    handoff = world.do(cast.ask(case))
    received = pointer(world.do(cast.unheard().receive(handoff)), "handoff.receive")
    record_unseen(services, received)
    world.do(cast.accept(handoff))

    world.do(world.desk.process.send(received))

    position = world.do(world.desk.process.position(case))
    assert position.handoffs[handoff] == "accepted"
    assert disagreements(world, case) == []


def test_a_term_that_was_met_does_not_start_again_when_its_start_is_confirmed(
    world: World, cast: Cast, services: Services, case: CaseId
) -> None:
    asked = pointer(world.do(_ask_unheard(cast, case)), "handoff.ask")
    handoff = record_unseen(services, asked).moved[0].handoff
    world.do(cast.recall(handoff))

    world.do(world.desk.process.send(asked))

    position = world.do(world.desk.process.position(case))
    assert position.handoffs[handoff] == "recalled"
    assert disagreements(world, case) == []


async def _ask_unheard(cast: Cast, case: CaseId) -> Done:
    asked = Question(to=AgencyId("pz-midi"), source="src.2", question="Faits?")
    return await cast.unheard().put(case, asked)


def test_an_act_refused_before_its_opening_is_confirmed_does_not_end_the_case(
    world: World, cast: Cast, services: Services
) -> None:
    """The opening was recorded, and its process died before it could note it."""
    opened = world.do(cast.unheard().open_done())
    opening = pointer(opened, "case.open")
    record_unseen(services, opening)
    world.do(start_empty(world, opened.case))

    with pytest.raises(OutsidePack):
        world.do(cast.ask(opened.case, "spf-finances", "svc.4"))
    world.do(world.desk.process.send(opening))
    world.do(cast.add_fact(opened.case))

    assert disagreements(world, opened.case) == []


async def start_empty(world: World, case: CaseId) -> None:
    """Start a process that has heard of nothing yet."""
    await world.client.start_workflow(
        CASE_PROCESS,
        CaseStart(case=case),
        id=workflow_id(case),
        task_queue=world.settings.task_queue,
    )


def test_an_opening_that_was_refused_is_resent_without_harm(
    world: World, cast: Cast, services: Services
) -> None:
    """Its process is over; the relay settles it and goes on with the others."""
    opening = cast.opening().model_copy(update={"preconditions": ()})
    deed = cases.open_case(cast.desk, cast.officer(MAYOR), opening)
    with pytest.raises(Exception, match="preconditions"):
        world.do(deed)
    act, case = world.rows(
        "select act_id, case_id from intent where kind = 'case.open'"
        " and state = 'refused' order by stored_at desc limit 1"
    )[0]
    handle = world.client.get_workflow_handle(workflow_id(CaseId(case)))
    world.do(asyncio.wait_for(handle.result(), PATIENCE))
    with world.superuser() as connection:
        connection.execute(
            "update intent set settled_at = null,"
            " stored_at = stored_at - interval '1 minute' where act_id = %s",
            [act],
        )

    world.do(Relay(services, world.process()).once())

    assert waiting_acts(world, case) == []
    assert state_of(world, act) == "refused"


def test_the_relay_brings_home_what_a_dead_client_left_behind(
    world: World, cast: Cast, case: CaseId
) -> None:
    """By the worker's own relay, not by ours."""
    done = world.do(cast.unheard().add_fact(case))

    world.grow_old("item.add", case)

    assert eventually(lambda: state_of(world, done.act) == "recorded")
    assert eventually(lambda: waiting_acts(world, case) == [])
    assert disagreements(world, case) == []
    assert unproven_acts(world) == []


def test_a_relay_and_a_client_at_once_record_once(
    world: World, cast: Cast, services: Services, case: CaseId
) -> None:
    stored = pointer(world.do(cast.unheard().add_fact(case)), "item.add")

    async def race() -> list[Outcome]:
        process = world.desk.process
        return await asyncio.gather(*(process.send(stored) for _ in range(5)))

    outcomes = world.do(race())

    assert len({outcome.receipt for outcome in outcomes}) == 1
    assert len(items_of(world, "fact", case)) == 1
    assert unproven_acts(world) == []


def test_a_pointer_to_an_act_of_another_case_moves_nothing(
    world: World, cast: Cast, case: CaseId
) -> None:
    other = world.do(cast.open_case())
    stored = world.do(cast.unheard().add_fact(other))
    stray = ActPointer(act=stored.act, case=case, kind="case.open")

    outcome = world.do(world.desk.process.send(stray))

    assert outcome.refused is not None
    assert state_of(world, stored.act) == "staged"
    world.do(cast.add_fact(case))  # the case that was named goes on
    assert disagreements(world, case) == []


def test_a_process_that_is_over_says_so(world: World, cast: Cast, case: CaseId) -> None:
    stored = world.do(cast.unheard().add_fact(case))
    world.do(cast.close(case))
    handle = world.client.get_workflow_handle(workflow_id(case))

    # The stored act came before the closing was over, so it is taken or refused,
    # and never lost.
    with pytest.raises(TransitionNotAllowed):
        world.do(asyncio.wait_for(handle.result(), PATIENCE))
        world.do(world.desk.process.send(pointer(stored, "item.add")))
    world.grow_old("item.add", case)

    assert eventually(lambda: state_of(world, stored.act) == "refused")
