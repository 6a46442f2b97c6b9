"""Setting terms running, letting them stop, and telling the process when to wake."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import uuid4

from activities.recording.scene import Scene
from activities.recording.step import Step
from models.act_kinds import ActKind
from models.clock import BRUSSELS, LegalClock
from models.deadlines import DeadlineRecord, DeadlineState
from models.errors import ClockEnded, ExtensionExhausted
from models.ids import AgencyId, CaseId, DeadlineId, HandoffId, ItemId
from models.law.clocks import Clock, InterruptionEffect
from models.process import Alarm, AlarmKind, Timer
from models.values import Value
from policies.calendars import Calendar, calendar
from policies.clocks import Counting, count, counting_of, ends_at, reminder_days
from storage import deadlines


class Term(Value):
    """Which clock to start, for whom, from which day, about what."""

    clock: str
    agency: AgencyId
    start: date
    handoff: HandoffId | None = None
    item: ItemId | None = None


def start(scene: Scene, term: Term) -> DeadlineRecord | None:
    """Start a clock of the pack; None where the law gives it no length."""
    clock = scene.pack.clock(term.clock)
    if clock.length is None:
        return None
    counting = count(clock, term.start, _days_off(scene))
    record = DeadlineRecord(
        id=DeadlineId(uuid4()),
        case=CaseId(scene.case.id),
        handoff=term.handoff,
        item=term.item,
        agency=term.agency,
        clock=clock.code,
        started_on=term.start,
        due_on=counting.deadline,
        ends_at=ends_at(counting.deadline),
        counting=counting.model_dump(mode="json"),
    )
    deadlines.start(scene.connection, record)
    scene.terms_changed()
    scene.effects.started.append(_timer(scene, record, clock, counting))
    return record


def extend(scene: Scene, record: DeadlineRecord) -> DeadlineRecord:
    """Lengthen a running term by its extension.

    Raises:
        ClockEnded: the term is over.
        ExtensionExhausted: the law gives no (further) extension.
    """
    clock = scene.pack.clock(record.clock)
    if scene.at >= record.ends_at or record.state is not DeadlineState.RUNNING:
        raise ClockEnded(
            f"the `{record.clock}` term ended on {record.due_on}",
            help="a term that has ended cannot be extended",
        )
    if clock.extension is None or record.extended >= clock.extension.times:
        raise ExtensionExhausted(
            f"the `{record.clock}` term cannot be extended any further",
            help=f"see {clock.article}",
            article=clock.article,
        )
    extended = record.extended + 1
    counting = count(clock, record.started_on, _days_off(scene), extended=extended)
    longer = record.model_copy(
        update={
            "extended": extended,
            "due_on": counting.deadline,
            "ends_at": ends_at(counting.deadline),
            "counting": counting.model_dump(mode="json"),
        }
    )
    deadlines.replace(scene.connection, longer)
    scene.terms_changed()
    scene.effects.started.append(_timer(scene, longer, clock, counting))
    return longer


def resume(scene: Scene, record: DeadlineRecord) -> None:
    """Tell the process once more which alarms of a running term are to come."""
    clock = scene.pack.clock(record.clock)
    timer = _timer(scene, record, clock, counting_of(record))
    scene.effects.started.append(timer)


def stop(scene: Scene, codes: tuple[str, ...], handoff: HandoffId | None) -> None:
    """Let the running terms with these codes stop, as met."""
    if codes:
        met = [d for d in scene.running if d.clock in codes and d.handoff == handoff]
        _finish(scene, met, DeadlineState.MET)


def stop_all(scene: Scene, handoff: HandoffId) -> None:
    """Let every running term of a handoff that is over stop."""
    met = [d for d in scene.running if d.handoff == handoff]
    _finish(scene, met, DeadlineState.MET)


def hold(step: Step) -> None:
    """Hold terms open that the pack lets this act hold (119ter §11 al.2)."""
    held = [
        deadline
        for deadline in step.running
        if _is_held_by(step.pack.clock(deadline.clock), step.rule.act)
    ]
    _finish(step, held, DeadlineState.HELD)


def release(step: Step) -> None:
    """Let terms that were held run on, or end now if their last day has passed."""
    for deadline in deadlines.of_case(step.connection, step.case.id):
        if deadline.state is DeadlineState.HELD:
            deadlines.finish(step.connection, [deadline.id], DeadlineState.ENDED)
            step.terms_changed()
            if step.at < deadline.ends_at:
                start(
                    step,
                    Term(
                        clock=deadline.clock,
                        agency=deadline.agency,
                        start=deadline.started_on,
                    ),
                )


def _timer(
    scene: Scene, record: DeadlineRecord, clock: Clock, counting: Counting
) -> Timer:
    """Return the process's view of a term: the alarms that are still to come."""
    days = reminder_days(clock, counting)
    reminders = [
        _alarm(scene.services.clock, AlarmKind.REMINDER, _morning(day)) for day in days
    ]
    end = _alarm(scene.services.clock, AlarmKind.ENDED, record.ends_at)
    return Timer(
        deadline=record.id,
        clock=clock.code,
        handoff=record.handoff,
        alarms=tuple(a for a in [*reminders, end] if a.at > scene.at or a is end),
    )


def _days_off(scene: Scene) -> Calendar:
    return calendar(scene.pack.calendar, scene.pack.closures)


def _is_held_by(clock: Clock, act: ActKind) -> bool:
    return any(
        each.effect is InterruptionEffect.HOLDS and each.after is act
        for each in clock.interruptions
    )


def _finish(scene: Scene, over: list[DeadlineRecord], state: DeadlineState) -> None:
    if not over:
        return
    identifiers = [deadline.id for deadline in over]
    deadlines.finish(scene.connection, identifiers, state)
    scene.effects.stopped += identifiers
    scene.terms_changed()


def _alarm(clock: LegalClock, kind: AlarmKind, at: datetime) -> Alarm:
    return Alarm(kind=kind, at=at, machine=clock.machine(at))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), tzinfo=BRUSSELS)
