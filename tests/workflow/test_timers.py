"""Terms of a case in the process alone: alarms, replacement, stop, moved clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from models.ids import DeadlineId
from models.process import Alarm, AlarmKind, Outcome, Timer
from tests.fakes import FakeRecord
from tests.workflow.rig import PlayedCase, Rig, machine_now

DAY = timedelta(days=1)


@pytest.fixture
def record() -> FakeRecord:
    return FakeRecord()


@pytest.fixture
def case(rig: Rig, record: FakeRecord) -> Iterator[PlayedCase]:
    ports = [record.record, record.ring, record.machine_time, record.destroy_due]
    with rig.worker(ports) as queue:
        yield rig.case(queue)


def timer(*days: float, deadline: DeadlineId | None = None) -> Timer:
    """A term with alarms so many days from now; the last one ends it."""
    instants = [machine_now() + day * DAY for day in days]
    kinds = [AlarmKind.REMINDER] * (len(days) - 1) + [AlarmKind.ENDED]
    return Timer(
        deadline=deadline or DeadlineId(uuid4()),
        clock="inquiry",
        alarms=tuple(
            Alarm(kind=kind, at=at, machine=at)
            for kind, at in zip(kinds, instants, strict=True)
        ),
    )


def opening(case: PlayedCase, *timers: Timer, **more: object) -> Outcome:
    return Outcome(act=uuid4(), case=case.id, version=1, started=timers, **more)


def later(case: PlayedCase, version: int = 2, **more: object) -> Outcome:
    return Outcome(act=uuid4(), case=case.id, version=version, **more)


def rung(record: FakeRecord) -> list[datetime]:
    return [ring.alarm.at for ring in record.rings]


def test_each_alarm_rings_once_and_in_its_order(
    case: PlayedCase, record: FakeRecord
) -> None:
    term = timer(5, 15, 50)
    case.act(record.tell(opening(case, term, closed=True)))

    case.forward(60 * DAY)
    case.wait()

    assert rung(record) == [alarm.at for alarm in term.alarms]
    assert [r.alarm.kind for r in record.rings] == ["reminder", "reminder", "ended"]


def test_a_term_that_was_stopped_rings_no_more(
    case: PlayedCase, record: FakeRecord
) -> None:
    met, other = timer(5, 50), timer(55)
    case.act(record.tell(opening(case, met, other)))
    case.forward(10 * DAY)

    case.act(record.tell(later(case, stopped=(met.deadline,), closed=True)))
    case.forward(60 * DAY)
    case.wait()

    assert rung(record) == [met.alarms[0].at, other.alarms[0].at]


def test_an_extended_term_rings_at_its_new_instants_only(
    case: PlayedCase, record: FakeRecord
) -> None:
    term = timer(5, 50)
    longer = timer(70, 80, deadline=term.deadline)
    case.act(record.tell(opening(case, term)))
    case.forward(10 * DAY)

    case.act(record.tell(later(case, started=(longer,), closed=True)))
    case.forward(90 * DAY)
    case.wait()

    assert rung(record) == [term.alarms[0].at, *(a.at for a in longer.alarms)]


def test_a_moved_clock_moves_every_alarm_that_is_still_to_come(
    case: PlayedCase, record: FakeRecord
) -> None:
    term = timer(30, 60, 90)
    case.act(record.tell(opening(case, term, closed=True)))

    record.legal_ahead = 29 * DAY
    case.clock_moved()
    case.forward(2 * DAY)
    early = rung(record)
    case.forward(60 * DAY)
    case.wait()

    assert early == [term.alarms[0].at]
    assert rung(record) == [alarm.at for alarm in term.alarms]


def test_a_clock_moved_past_several_alarms_rings_them_in_order(
    case: PlayedCase, record: FakeRecord
) -> None:
    term = timer(30, 60, 90)
    case.act(record.tell(opening(case, term, closed=True)))

    record.legal_ahead = 100 * DAY
    case.clock_moved()
    case.wait()

    assert rung(record) == [alarm.at for alarm in term.alarms]


def test_a_clock_moved_twice_counts_from_where_it_is_now(
    case: PlayedCase, record: FakeRecord
) -> None:
    case.act(record.tell(opening(case, timer(30), closed=True)))
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
    term = timer(5)
    case.act(record.tell(opening(case, term, closed=True)))
    setattr(record, trouble, 3)

    case.forward(6 * DAY)
    case.wait()

    assert record.calls[term.deadline, term.alarms[0].at] == 4
    assert len(record.rings) == 1


def test_an_act_gets_through_while_an_alarm_is_refused(
    case: PlayedCase, record: FakeRecord
) -> None:
    term = timer(0)
    record.rings_refused = True
    case.act(record.tell(opening(case, term)))

    outcome = case.act(record.tell(later(case, stopped=(term.deadline,), closed=True)))
    record.rings_refused = False
    case.wait()

    assert outcome.version == 2
    assert record.calls[term.deadline, term.alarms[0].at] > 1


def test_what_an_alarm_brings_about_is_taken_up(
    case: PlayedCase, record: FakeRecord
) -> None:
    term, follows = timer(5), timer(20)
    record.on_ring = lambda ring: later(
        case,
        version=2 if ring.deadline == term.deadline else 3,
        started=(follows,) if ring.deadline == term.deadline else (),
        closed=True,
    )
    case.act(record.tell(opening(case, term)))

    case.forward(30 * DAY)
    case.wait()

    assert rung(record) == [term.alarms[0].at, follows.alarms[0].at]


def test_the_position_lists_what_still_runs(
    case: PlayedCase, record: FakeRecord
) -> None:
    short, long = timer(5), timer(50)
    case.act(record.tell(opening(case, short, long)))
    case.forward(6 * DAY)

    position = case.position()

    assert position.timers == (long,)
    assert (position.opened, position.version) == (True, 1)


def test_a_closed_case_waits_for_an_appeal(
    case: PlayedCase, record: FakeRecord
) -> None:
    case.act(record.tell(opening(case, timer(5), closed=True, appealed=True)))
    case.forward(10 * DAY)

    assert case.position().timers == ()
    case.act(record.tell(later(case, closed=True)))
    case.wait()
