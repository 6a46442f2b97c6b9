"""A long case continues as new, on a server that suggests it early."""

import asyncio
from collections.abc import Iterator, Sequence
from uuid import uuid4

import pytest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from models.handoffs import HandoffState
from models.ids import HandoffId
from models.process import AlarmKind, HandoffMove, Outcome
from runtime import temporal
from runtime.embedded.binaries import temporal_program
from tests.pieces.fakes import FakeRecord
from tests.workflow.rig import PATIENCE, SKIPPING, PlayedCase, Rig
from tests.workflow.terms import DAY, term

EARLY = ("--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=40")
KEY = bytes(32)


@pytest.fixture(scope="module")
def impatient() -> Iterator[Rig]:
    with asyncio.Runner() as runner:
        server = runner.run(
            WorkflowEnvironment.start_local(
                dev_server_existing_path=str(temporal_program()),
                dev_server_extra_args=[*SKIPPING, *EARLY],
                dev_server_log_level="error",
            )
        )
        converter = temporal.converter(KEY)
        rig = Rig(server.connect_client(data_converter=converter))
        yield rig
        rig.close()
        runner.run(server.shutdown())


@pytest.fixture
def record() -> FakeRecord:
    return FakeRecord()


@pytest.fixture
def case(impatient: Rig, record: FakeRecord) -> Iterator[PlayedCase]:
    with impatient.worker(record.ports()) as queue:
        yield impatient.case(queue)


def said(case: PlayedCase, version: int, **more: object) -> Outcome:
    return Outcome(act=uuid4(), case=case.id, version=version, **more)


async def runs(client: Client, case: PlayedCase) -> int:
    """Count the runs of a case that were continued as new."""
    continued = WorkflowExecutionStatus.CONTINUED_AS_NEW.name.title().replace("_", "")
    query = f"WorkflowId = 'case-{case.id}' and ExecutionStatus = '{continued}'"
    return (await client.count_workflows(query)).count


def live_long(case: PlayedCase, record: FakeRecord, **each: object) -> int:
    """Let so many acts be recorded that the case has continued at least twice."""
    last = 40
    for version in range(2, last):
        case.act(record.tell(said(case, version, stage=f"s{version}", **each)))
    return last


def test_position_handoffs_and_terms_are_carried_over(
    impatient: Rig, case: PlayedCase, record: FakeRecord
) -> None:
    handoff = HandoffId(uuid4())
    moved = (HandoffMove(handoff=handoff, state=HandoffState.ACCEPTED, version=1),)
    met, long = term(300), term(5, 15, 50)
    case.act(record.tell(said(case, 1, started=(met, long), moved=moved)))
    case.act(record.tell(said(case, 2, stopped=(met.deadline,))))

    last = live_long(case, record)

    position = case.position()
    assert impatient.do(runs(impatient.client, case)) >= 2
    assert (position.opened, position.version) == (True, last - 1)
    assert position.stage == f"s{last - 1}"
    assert position.handoffs == {handoff: HandoffState.ACCEPTED}
    assert position.timers == (long,)


def test_terms_ring_on_time_after_the_case_continued(
    case: PlayedCase, record: FakeRecord
) -> None:
    long = term(5, 15, 50)
    case.act(record.tell(said(case, 1, started=(long,))))
    case.forward(6 * DAY)
    live_long(case, record, closed=True)

    case.forward(60 * DAY)
    case.wait()

    assert [ring.alarm for ring in record.rings] == list(long.alarms)
    assert record.rings[-1].alarm.kind is AlarmKind.ENDED


def test_a_clock_that_was_moved_stays_moved_after_the_case_continued(
    case: PlayedCase, record: FakeRecord
) -> None:
    long = term(30, 60)
    case.act(record.tell(said(case, 1, started=(long,))))
    record.legal_ahead = 29 * DAY
    case.clock_moved()
    live_long(case, record, closed=True)

    case.forward(2 * DAY)

    assert [ring.alarm for ring in record.rings] == [long.alarms[0]]


def test_an_answer_given_before_is_not_asked_for_again_after(
    case: PlayedCase, record: FakeRecord
) -> None:
    first = record.tell(said(case, 1, started=(term(300),)))
    opening = case.act(first)

    live_long(case, record)

    assert case.update(first).receipt == opening.receipt


def test_no_destruction_is_forgotten_when_the_case_continues(
    impatient: Rig, case: PlayedCase, record: FakeRecord
) -> None:
    case.act(record.tell(said(case, 1, started=(term(300),))))

    for version in range(2, 14):
        before = len(record.destroyed)
        case.act(record.tell(said(case, version, destroy=True)))
        impatient.do(grown(record.destroyed, before))

    assert impatient.do(runs(impatient.client, case)) >= 1
    assert set(record.destroyed) == {case.id}


async def grown(destroyed: Sequence[object], before: int) -> None:
    """Wait until one more destruction was asked for."""
    async with asyncio.timeout(PATIENCE):
        while len(destroyed) == before:
            await asyncio.sleep(0.02)
