"""Terms of a case in the process alone: alarms, replacement, stop, moved clock."""

from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

import pytest

from models.process import Outcome, Timer
from tests.pieces.fakes import FakeRecord
from tests.workflow.rig import PlayedCase, Rig
from tests.workflow.terms import DAY, term


@pytest.fixture
def record() -> FakeRecord:
    return FakeRecord()


@pytest.fixture
def case(rig: Rig, record: FakeRecord) -> Iterator[PlayedCase]:
    with rig.worker(record.ports()) as queue:
        yield rig.case(queue)


def opening(case: PlayedCase, *timers: Timer, **more: object) -> Outcome:
    return Outcome(act=uuid4(), case=case.id, version=1, started=timers, **more)


def later(case: PlayedCase, version: int = 2, **more: object) -> Outcome:
    return Outcome(act=uuid4(), case=case.id, version=version, **more)


def rung(record: FakeRecord) -> list[datetime]:
    return [ring.alarm.at for ring in record.rings]


def test_each_alarm_rings_once_and_in_its_order(
    case: PlayedCase, record: FakeRecord
) -> None:
    first = term(5, 15, 50)
    case.act(record.tell(opening(case, first, closed=True)))

    case.forward(60 * DAY)
    case.wait()

    assert rung(record) == [alarm.at for alarm in first.alarms]
    assert [r.alarm.kind for r in record.rings] == ["reminder", "reminder", "ended"]


def test_a_term_that_was_stopped_rings_no_more(
    case: PlayedCase, record: FakeRecord
) -> None:
    met, other = term(5, 50), term(55)
    case.act(record.tell(opening(case, met, other)))
    case.forward(10 * DAY)

    case.act(record.tell(later(case, stopped=(met.deadline,), closed=True)))
    case.forward(60 * DAY)
    case.wait()

    assert rung(record) == [met.alarms[0].at, other.alarms[0].at]


def test_an_extended_term_rings_at_its_new_instants_only(
    case: PlayedCase, record: FakeRecord
) -> None:
    first = term(5, 50)
    longer = term(70, 80, deadline=first.deadline)
    case.act(record.tell(opening(case, first)))
    case.forward(10 * DAY)

    case.act(record.tell(later(case, started=(longer,), closed=True)))
    case.forward(90 * DAY)
    case.wait()

    assert rung(record) == [first.alarms[0].at, *(a.at for a in longer.alarms)]


def test_a_moved_clock_moves_every_alarm_that_is_still_to_come(
    case: PlayedCase, record: FakeRecord
) -> None:
    first = term(30, 60)
    case.act(record.tell(opening(case, first, closed=True)))

    record.legal_ahead = 29 * DAY
    case.clock_moved()
    case.forward(2 * DAY)
    early = rung(record)
    case.forward(60 * DAY)
    case.wait()

    assert early == [first.alarms[0].at]
    assert rung(record) == [alarm.at for alarm in first.alarms]


def test_a_clock_moved_past_several_alarms_rings_them_in_order(
    case: PlayedCase, record: FakeRecord
) -> None:
    first = term(30, 60, 90)
    case.act(record.tell(opening(case, first, closed=True)))

    record.legal_ahead = 100 * DAY
    case.clock_moved()
    case.wait()

    assert rung(record) == [alarm.at for alarm in first.alarms]


def test_a_clock_moved_twice_counts_from_where_it_is_now(
    case: PlayedCase, record: FakeRecord
) -> None:
    case.act(record.tell(opening(case, term(30), closed=True)))
    record.legal_ahead = 10 * DAY
    case.clock_moved()

    record.legal_ahead = 28 * DAY
    case.clock_moved()
    case.forward(3 * DAY)
    case.wait()

    assert len(record.rings) == 1


@pytest.mark.parametrize("trouble", ["fails", "fails_but_persists"])
def test_an_alarm_is_tried_until_the_record_has_it(
    case: PlayedCase, record: FakeRecord, trouble: str
) -> None:
    first = term(5)
    case.act(record.tell(opening(case, first, closed=True)))
    setattr(record, trouble, 3)

    case.forward(6 * DAY)
    case.wait()

    assert record.calls[first.deadline, first.alarms[0].at] >= 4
    assert len(record.rings) == 1


def test_an_act_gets_through_while_an_alarm_is_refused(
    case: PlayedCase, record: FakeRecord
) -> None:
    first = term(0)
    record.rings_refused = True
    case.act(record.tell(opening(case, first)))

    outcome = case.act(record.tell(later(case, stopped=(first.deadline,), closed=True)))
    record.rings_refused = False
    case.wait()

    assert outcome.version == 2
    assert record.calls[first.deadline, first.alarms[0].at] > 1


def test_what_an_alarm_brings_about_is_taken_up(
    case: PlayedCase, record: FakeRecord
) -> None:
    first, follows = term(5), term(20)
    record.on_ring = lambda ring: later(
        case,
        version=2 if ring.deadline == first.deadline else 3,
        started=(follows,) if ring.deadline == first.deadline else (),
        closed=True,
    )
    case.act(record.tell(opening(case, first)))

    case.forward(30 * DAY)
    case.wait()

    assert rung(record) == [first.alarms[0].at, follows.alarms[0].at]


def test_the_position_lists_what_still_runs(
    case: PlayedCase, record: FakeRecord
) -> None:
    short, long = term(5), term(50)
    case.act(record.tell(opening(case, short, long)))
    case.forward(6 * DAY)

    position = case.position()

    assert position.timers == (long,)
    assert (position.opened, position.version) == (True, 1)


def test_a_closed_case_waits_until_the_end_of_all_appeals_is_confirmed(
    case: PlayedCase, record: FakeRecord
) -> None:
    """The end of the term destroys nothing and ends nothing."""
    record.on_ring = lambda _: later(case, closed=True, appeal_open=True)
    case.act(record.tell(opening(case, term(60), closed=True, appeal_open=True)))
    case.forward(400 * DAY)

    assert (case.position().timers, case.position().appeal_open) == ((), True)
    assert record.destroyed == []
    case.act(record.tell(later(case, version=3, closed=True, destroy=True)))
    case.wait()
    assert record.destroyed == [case.id]


def test_an_appeal_that_is_heard_of_after_the_term_reaches_the_process(
    case: PlayedCase, record: FakeRecord
) -> None:
    record.on_ring = lambda _: later(case, closed=True, appeal_open=True)
    case.act(record.tell(opening(case, term(60), closed=True, appeal_open=True)))
    case.forward(70 * DAY)

    lodged = later(case, version=3, closed=True, appeal_open=True)
    case.act(record.tell(lodged))
    case.forward(400 * DAY)

    assert case.position().version == 3
    case.act(record.tell(later(case, version=4, closed=True)))
    case.wait()
