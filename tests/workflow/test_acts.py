"""Acts on the process of a case: who is refused before history, what is kept once."""

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import pytest
from temporalio.client import WorkflowUpdateFailedError

from models.errors import TransitionNotAllowed
from models.handoffs import HandoffState
from models.ids import ActId, CaseId, DeadlineId, HandoffId
from models.process import ActPointer, HandoffMove, Outcome, Refused, Timer
from tests.pieces.fakes import FakeRecord
from tests.workflow.rig import PlayedCase, Rig
from tests.workflow.terms import term


@pytest.fixture
def record() -> FakeRecord:
    return FakeRecord()


@pytest.fixture
def case(rig: Rig, record: FakeRecord) -> Iterator[PlayedCase]:
    with rig.worker(record.ports()) as queue:
        yield rig.case(queue)


def said(case: PlayedCase, version: int, **more: object) -> Outcome:
    return Outcome(act=uuid4(), case=case.id, version=version, **more)


def opened(case: PlayedCase, record: FakeRecord, *timers: Timer) -> Outcome:
    return case.act(record.tell(said(case, 1, started=timers or (term(500),))))


def events(rig: Rig, case: PlayedCase) -> int:
    return rig.do(case.history_length())


def test_an_act_of_another_case_is_refused_before_history(
    rig: Rig, case: PlayedCase, record: FakeRecord
) -> None:
    opened(case, record)
    before = events(rig, case)
    stray = ActPointer(act=ActId(uuid4()), case=CaseId(uuid4()), kind="item.add")

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        case.update(stray)

    assert "another case" in str(refused.value.__cause__)
    assert record.calls[stray.act] == 0
    assert events(rig, case) == before


def test_a_case_whose_opening_was_refused_is_over_and_takes_no_more(
    case: PlayedCase, record: FakeRecord
) -> None:
    refused = Refused(error="OutsidePack", message="not on this route")
    opening = said(case, 0, refused=refused)
    pointer = record.tell(opening).model_copy(update={"kind": "case.open"})

    outcome = case.act(pointer)
    case.wait()

    assert outcome.refused == refused
    with pytest.raises(TransitionNotAllowed):
        case.act(record.tell(said(case, 2)))


def test_an_act_on_a_case_that_was_never_opened_starts_nothing(
    case: PlayedCase, record: FakeRecord
) -> None:
    pointer = record.tell(said(case, 2))

    with pytest.raises(TransitionNotAllowed):
        case.act(pointer)

    assert record.calls[pointer.act] == 0


def test_a_refused_act_changes_nothing_in_the_process(
    case: PlayedCase, record: FakeRecord
) -> None:
    opened(case, record)
    before = case.position()

    refused = Refused(error="NotPermitted", message="not yours to do")
    outcome = case.act(record.tell(said(case, 7, refused=refused)))

    assert outcome.refused == refused
    assert case.position() == before


def test_an_act_sent_twice_is_recorded_once_with_one_answer(
    rig: Rig, case: PlayedCase, record: FakeRecord
) -> None:
    opened(case, record)
    pointer = record.tell(said(case, 2, stage="inquiry"))
    record.slow = 0.3

    first, second = rig.do(both(case, pointer, pointer))
    third = case.act(pointer)

    assert first == second == third
    assert first.receipt


def test_an_act_sent_again_after_the_case_closed_has_its_first_answer(
    case: PlayedCase, record: FakeRecord
) -> None:
    end = term(500)
    opened(case, record, end)
    pointer = record.tell(said(case, 2, stopped=(end.deadline,), closed=True))

    first = case.act(pointer)
    case.wait()

    assert case.act(pointer) == first


@pytest.mark.parametrize("trouble", ["fails", "fails_but_persists"])
def test_an_act_is_tried_until_the_record_has_it(
    case: PlayedCase, record: FakeRecord, trouble: str
) -> None:
    opened(case, record)
    pointer = record.tell(said(case, 2, stage="inquiry"))
    setattr(record, trouble, 2)

    outcome = case.act(pointer)

    assert (outcome.version, outcome.stage) == (2, "inquiry")
    assert record.calls[pointer.act] >= 3
    assert case.position().version == 2


def test_older_news_after_newer_does_not_turn_the_process_back(
    rig: Rig, case: PlayedCase, record: FakeRecord
) -> None:
    opened(case, record)
    handoff = HandoffId(uuid4())
    older = said(case, 2, stage="a", moved=(move(handoff, HandoffState.RECEIVED, 2),))
    newer = said(case, 3, stage="b", moved=(move(handoff, HandoffState.ANSWERED, 3),))
    # The older one is kept at once; its confirmation gets lost and comes later.
    record.confirms_late(older.act)

    rig.do(both(case, record.tell(older), record.tell(newer)))

    position = case.position()
    assert record.calls[older.act] > 1
    assert (position.version, position.stage) == (3, "b")
    assert position.handoffs == {handoff: HandoffState.ANSWERED}


def test_a_term_stopped_before_its_start_is_heard_of_never_runs(
    rig: Rig, case: PlayedCase, record: FakeRecord
) -> None:
    opened(case, record)
    brief = term(3)
    start = said(case, 2, started=(brief,))
    stop = said(case, 3, stopped=(brief.deadline,))
    record.confirms_late(start.act)

    rig.do(both(case, record.tell(start), record.tell(stop)))

    assert brief.deadline not in running(case)


def test_more_acts_at_once_than_the_server_takes_all_get_through(
    rig: Rig, case: PlayedCase, record: FakeRecord
) -> None:
    opened(case, record)
    pointers = [record.tell(said(case, version)) for version in range(2, 27)]

    outcomes = rig.do(all_at_once(case, pointers))

    assert sorted(outcome.version for outcome in outcomes) == list(range(2, 27))
    assert len({outcome.receipt for outcome in outcomes}) == 25
    assert case.position().version == 26


def running(case: PlayedCase) -> set[DeadlineId]:
    return {timer.deadline for timer in case.position().timers}


def move(handoff: HandoffId, state: HandoffState, version: int) -> HandoffMove:
    return HandoffMove(handoff=handoff, state=state, version=version)


async def both(case: PlayedCase, *pointers: ActPointer) -> list[Outcome]:
    return await all_at_once(case, list(pointers))


async def all_at_once(case: PlayedCase, pointers: list[ActPointer]) -> list[Outcome]:
    return await asyncio.gather(*(case.process.send(each) for each in pointers))
