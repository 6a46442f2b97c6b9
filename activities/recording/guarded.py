"""Guarded questions: what happens inside the asked agency, and what comes out of it.

To the asker such a question stays offered. An answer leaves by a second key; whether
nothing is known, nothing may be said or nobody looked, it ends with its term (LVP 45).
"""

from __future__ import annotations

from activities.recording import notices
from activities.recording.scene import Scene
from activities.recording.step import Step
from models.errors import TransitionNotAllowed
from models.events import Operation
from models.handoffs import (
    OPEN_STATES,
    SILENT,
    HandoffRecord,
    HandoffState,
    HandoffStep,
    InnerState,
    Inside,
    after,
    too_late,
)
from models.ids import ActId, ItemId
from models.items import KnownItem
from models.law.sources import Guard
from models.notices import NoticeKind
from storage import guarded, handoffs, held

_STANDING = {
    InnerState.RECEIVED: HandoffState.RECEIVED,
    InnerState.ACCEPTED: HandoffState.ACCEPTED,
}
_LEADS_TO = {
    HandoffStep.RECEIVE: InnerState.RECEIVED,
    HandoffStep.ACCEPT: InnerState.ACCEPTED,
    HandoffStep.ANSWER: InnerState.PREPARED,
    HandoffStep.REFUSE: InnerState.MAY_NOT_SAY,
}


def standing(step: Step, handoff: HandoffRecord) -> HandoffState:
    """Return where a guarded question stands for those who work on it.

    Raises:
        ClockEnded: its term is over, even if the alarm has not rung yet.
        TransitionNotAllowed: it waits for the second key, or was concluded.
    """
    check_in_time(step, handoff)
    inside = guarded.find(step.connection, handoff.id)
    if inside is None or handoff.state is not HandoffState.OFFERED:
        return handoff.state
    if inside.state is InnerState.PREPARED:
        raise TransitionNotAllowed(
            "an answer to it is prepared and waits for the second key",
            help="see `estafette handoff confirm` and `estafette handoff decline`",
        )
    if inside.state in SILENT:
        raise TransitionNotAllowed(
            "it was concluded already: the asker hears nothing until its term ends",
            help="nothing has to be done",
        )
    return _STANDING[inside.state]


def check_in_time(step: Step, handoff: HandoffRecord) -> None:
    """Refuse what was stored after the silence came out, or would have.

    Raises:
        ClockEnded: the term of the answer is over, even if its alarm has not rung yet.
    """
    for deadline in step.running:
        if deadline.handoff == handoff.id and deadline.ends_at <= step.at:
            raise too_late()


def move(step: Step, handoff: HandoffRecord, by: HandoffStep) -> None:
    """Move a guarded question inside the asked agency, and nowhere else."""
    after(by, standing(step, handoff))
    put(step, handoff, _LEADS_TO[by])


def nothing_known(step: Step, handoff: HandoffRecord) -> None:
    """Note that nothing is known; the asker hears it as silence."""
    after(HandoffStep.ANSWER, standing(step, handoff))
    put(step, handoff, InnerState.NOTHING_KNOWN)


def prepare(step: Step, handoff: HandoffRecord, guard: Guard) -> None:
    """Keep a written answer until the second key, and tell those who hold one."""
    move(step, handoff, HandoffStep.ANSWER)
    step.effects.operation = Operation.COLLECTION
    for function in guard.second_key:
        notices.of_asked(step, handoff, function, NoticeKind.SECOND_KEY)


def is_silent(scene: Scene, handoff: HandoffRecord) -> bool:
    """Tell whether the asked agency did what it can on a question."""
    if scene.guard_of(handoff) is None:
        return False
    inside = guarded.find(scene.connection, handoff.id)
    return inside is not None and inside.state in SILENT


def question_of(scene: Scene, known: KnownItem) -> HandoffRecord | None:
    """Return the guarded question on which its originator wrote an item, if it did."""
    handoff = known.handoff and handoffs.find(scene.connection, known.handoff)
    if not handoff or handoff.asked != known.originator:
        return None
    return handoff if scene.guard_of(handoff) else None


def check_not_prepared(scene: Scene, handoff: HandoffRecord, item: ItemId) -> None:
    """Refuse to change an item while it waits for the second key.

    Raises:
        TransitionNotAllowed: what is confirmed would not be what was read.
    """
    inside = guarded.find(scene.connection, handoff.id)
    if handoff.state not in OPEN_STATES or inside is None or inside.act is None:
        return
    if item in {one.item for one in held.by_act(scene.connection, inside.act)}:
        raise TransitionNotAllowed(
            "this answer waits for the second key",
            help="decline it first with `estafette handoff decline`",
        )


def clean(scene: Scene, handoff: HandoffRecord) -> None:
    """Destroy the asker's keys to an answer whose question ended before it left."""
    inside = guarded.find(scene.connection, handoff.id)
    if inside is not None and inside.act is not None:
        destroy_outer_keys(scene, inside.act)


def put(step: Step, handoff: HandoffRecord, state: InnerState) -> None:
    """Write where a question stands inside; the act shows nowhere else."""
    prepared = state is InnerState.PREPARED
    guarded.put(
        step.connection,
        Inside(
            handoff=handoff.id,
            case=handoff.case,
            agency=handoff.asked,
            state=state,
            act=step.intent.act if prepared else None,
            by=step.officer.id if prepared else None,
        ),
    )
    step.lawful = True
    step.effects.inside = True


def destroy_outer_keys(scene: Scene, act: ActId) -> None:
    """Let what an act prepared never leave."""
    held.never_let_go(scene.connection, act)
