"""What happens when a clock rings: reminders, escalation, and what ends with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import uuid5

from sqlalchemy import Connection

from activities.recording import (
    appeals,
    clocks,
    evidence,
    guarded,
    notices,
    recalls,
    releases,
    twins,
)
from activities.recording.acts import move_case, outcome_of
from activities.recording.scene import Scene
from activities.services import Services
from models.agencies import OfficerFunction
from models.deadlines import DeadlineRecord, DeadlineState
from models.errors import Unavailable
from models.handoffs import OPEN_STATES, HandoffRecord, HandoffState, HandoffStep
from models.kinds.terms import ClockEnded, ClockReminded, HandoffExpired
from models.law.clocks import Clock, ClockEnd, Expiry
from models.law.sources import SourceKind
from models.notices import NoticeKind
from models.process import AlarmKind, Outcome, Ring
from storage import cases, deadlines, handoffs, intents

# Legal time and the server's timers may differ by rounding.
_TOLERANCE = timedelta(seconds=1)


def ring(connection: Connection, services: Services, order: Ring) -> Outcome:
    """Record an alarm inside the caller's transaction, once.

    Raises:
        Unavailable: too early, or an act that counts before the end still waits.
    """
    if (known := deadlines.rung(connection, order)) is not None:
        return known
    case = cases.lock(connection, order.case)
    deadline = deadlines.lock(connection, order.deadline)
    if case is None or deadline is None:
        return Outcome(act=order.deadline, case=order.case, stopped=(order.deadline,))
    at = services.clock.now()
    if at + _TOLERANCE < order.alarm.at:
        raise Unavailable("the alarm is early: legal time was moved")
    if intents.waiting_before(connection, case.id, order.alarm.at):
        raise Unavailable("an act that counts before this instant is being recorded")
    pack = services.packs.get(case.route, case.pack_version)
    scene = Scene(connection, services, case, pack, order.alarm.at)
    receipt = ""
    if deadline.state is not DeadlineState.RUNNING:
        scene.effects.stopped.append(deadline.id)
    elif order.alarm.kind is AlarmKind.ENDED and order.alarm.at < deadline.ends_at:
        clocks.resume(scene, deadline)  # extended while its end was on the way
    else:
        receipt = _speak(scene, deadline, order.alarm.kind)
        twins.owe(scene, receipt)
        notices.of_moves(scene)
        scene.case = move_case(connection, case, scene.effects, None)
    name = uuid5(deadline.id, f"{order.alarm.kind} {order.alarm.at.isoformat()}")
    outcome = outcome_of(connection, name, scene.case, scene.effects, receipt)
    deadlines.note_rung(connection, order, outcome)
    return outcome


def _speak(scene: Scene, deadline: DeadlineRecord, kind: AlarmKind) -> str:
    clock = scene.pack.clock(deadline.clock)
    scene.effects.article = clock.article
    scene.effects.detail = clock.code
    if kind is AlarmKind.REMINDER:
        _notify(scene, deadline, NoticeKind.REMINDER, _workers(scene, deadline))
        return evidence.of_clock(
            scene, ClockReminded, deadline.agency, deadline.handoff
        )
    deadlines.finish(scene.connection, [deadline.id], DeadlineState.ENDED)
    scene.effects.stopped.append(deadline.id)
    if clock.effect is Expiry.WARNS:
        _notify(scene, deadline, NoticeKind.ESCALATION, [OfficerFunction.SUPERVISOR])
        recalls.tell_of_silence(scene, deadline)
    elif ClockEnd.SILENCE_REFUSES not in clock.at_end:  # else they hear it lapsed
        _notify(scene, deadline, NoticeKind.ENDED, _workers(scene, deadline))
    receipt = evidence.of_clock(scene, ClockEnded, deadline.agency, deadline.handoff)
    _end(scene, deadline, clock)
    return receipt


def _end(scene: Scene, deadline: DeadlineRecord, clock: Clock) -> None:
    if ClockEnd.QUESTIONS_EXPIRE in clock.at_end:
        _expire_questions(scene, deadline)
    if ClockEnd.SILENCE_REFUSES in clock.at_end and deadline.handoff is not None:
        releases.lapse(scene, deadline.handoff)
    if ClockEnd.REQUEST_LAPSES in clock.at_end and deadline.handoff is not None:
        handoff = handoffs.find(scene.connection, deadline.handoff)
        if handoff is not None and handoff.state is HandoffState.RETURNED:
            scene.move(handoff, HandoffStep.EXPIRE)
    handoff = _guarded(scene, deadline)
    if handoff is not None and handoff.state in OPEN_STATES:
        _expire(scene, handoff)  # whatever its asked agency knows: to the asker, late
    if ClockEnd.CONFIRM_NO_APPEAL in clock.at_end:
        appeals.ask_to_confirm(scene)


def _expire_questions(scene: Scene, deadline: DeadlineRecord) -> None:
    for handoff in handoffs.of_case(scene.connection, scene.case.id):
        mine = handoff.asker == deadline.agency and handoff.kind != SourceKind.ADVICE
        if mine and handoff.state in OPEN_STATES:
            _expire(scene, handoff)


def _expire(scene: Scene, handoff: HandoffRecord) -> None:
    guarded.clean(scene, handoff)
    scene.move(handoff, HandoffStep.EXPIRE)
    clocks.stop_all(scene, handoff.id)
    scene.effects.proofs[handoff.id] = evidence.of_clock(
        scene, HandoffExpired, handoff.asked, handoff.id
    )


def _guarded(scene: Scene, deadline: DeadlineRecord) -> HandoffRecord | None:
    """Return the guarded question whose answer a term governs, if it is one."""
    if deadline.handoff is None:
        return None
    handoff = handoffs.find(scene.connection, deadline.handoff)
    return handoff if handoff and scene.guard_of(handoff) else None


def _workers(scene: Scene, deadline: DeadlineRecord) -> Iterator[OfficerFunction]:
    return notices.working_level(scene, deadline.agency)


def _notify(
    scene: Scene,
    deadline: DeadlineRecord,
    kind: NoticeKind,
    functions: Iterable[OfficerFunction],
) -> None:
    handoff = _guarded(scene, deadline)
    if handoff is not None and guarded.is_silent(scene, handoff):
        return  # only the asked agency would be told, and it has done what it can
    question = recalls.question_of(scene, deadline)
    for function in functions:
        notices.of_term(scene, deadline, function, kind, question=question)
