"""The second key on an answer that somebody prepared, and having nothing to say."""

from __future__ import annotations

from typing import NamedTuple

from activities.recording import clocks, guarded, notices
from activities.recording.handoffs import end_children, mine
from activities.recording.step import Step
from models.errors import NotPermitted, TransitionNotAllowed
from models.handoffs import (
    OPEN_STATES,
    HandoffRecord,
    HandoffState,
    HandoffStep,
    InnerState,
    too_late,
)
from models.ids import ActId, OfficerId
from models.items import KnownItem
from models.messages.handoffs import ConfirmAnswer, DeclineAnswer, NothingKnown
from models.notices import NoticeKind
from storage import guarded as stored
from storage import held
from storage.people import directory


class _Prepared(NamedTuple):
    """Which act prepared an answer, and who did it."""

    act: ActId
    by: OfficerId


def nothing_known(step: Step, message: NothingKnown) -> None:
    """Have nothing to tell, where even that may not be told."""
    handoff = mine(step, message.handoff)
    if step.guard_of(handoff) is None:
        raise TransitionNotAllowed(
            "that nothing is known is an answer like any other here",
            help="use `estafette handoff answer`",
        )
    guarded.nothing_known(step, handoff)


def confirm(step: Step, message: ConfirmAnswer) -> None:
    """Let a prepared answer leave."""
    handoff = step.handoff_of(message.handoff, asked=True)
    prepared = _second_key(step, handoff)
    step.effects.letting_go = held.by_act(step.connection, prepared.act)
    step.effects.concerned |= {item.item for item in step.effects.letting_go}
    held.let_go(step.connection, prepared.act)
    step.lawful = True
    step.move(handoff, HandoffStep.ANSWER, HandoffState.ACCEPTED)
    clocks.stop_all(step, handoff.id)
    end_children(step, handoff.id)


def decline(step: Step, message: DeclineAnswer) -> None:
    """Refuse the second key: the answer never leaves, another may be prepared."""
    handoff = step.handoff_of(message.handoff, asked=True)
    prepared = _second_key(step, handoff)
    guarded.destroy_outer_keys(step, prepared.act)
    guarded.put(step, handoff, InnerState.ACCEPTED)
    author = directory.officer(step.connection, prepared.by)
    for function in sorted(author.functions):
        notices.of_asked(step, handoff, function, NoticeKind.DECLINED)


def check_second_hand(step: Step, known: KnownItem) -> None:
    """Refuse that whoever wrote an item on a guarded question gives more of it, alone.

    Its correction, and its grant to one more agency, are by a holder of the second key
    who did not write it: two officers have then seen what leaves.

    Raises:
        NotPermitted: the wrong function, or the author's own hand.
    """
    handoff = guarded.question_of(step, known)
    guard = None if handoff is None else step.guard_of(handoff)
    if guard is None:
        return
    holds = set(guard.second_key) & step.officer.functions
    author = held.author(step.connection, known.item)
    if holds and author not in (None, step.officer.id):
        return
    holders = " or ".join(guard.second_key)
    raise NotPermitted(
        f"this leaves by the second key: a {holders} who did not write the item",
        help="let another officer with that function do it, named for its question",
        article=guard.article,
    )


def _second_key(step: Step, handoff: HandoffRecord) -> _Prepared:
    """Return what waits for the second key, if this officer holds it.

    Raises:
        TransitionNotAllowed: nothing waits for it.
        ClockEnded: the term of the answer is over.
        NotPermitted: the wrong function, the author's own hand, or not named for it.
    """
    inside = stored.find(step.connection, handoff.id)
    if handoff.state is HandoffState.EXPIRED:
        raise too_late()
    over = handoff.state not in OPEN_STATES
    if over or inside is None or inside.act is None or inside.by is None:
        raise TransitionNotAllowed(
            "no answer to this question waits for a second key",
            help="answer it first with `estafette handoff answer`",
        )
    guarded.check_in_time(step, handoff)
    _check_holder(step, handoff, inside.by)
    step.require_designation(handoff.id)
    return _Prepared(inside.act, inside.by)


def _check_holder(step: Step, handoff: HandoffRecord, author: OfficerId) -> None:
    guard = step.guard_of(handoff)
    if guard is None or not set(guard.second_key) & step.officer.functions:
        holders = " or ".join(guard.second_key) if guard else "nobody"
        raise NotPermitted(
            f"the second key is held by {holders}",
            help="let an officer with that function do it",
        )
    if author == step.officer.id:
        raise NotPermitted(
            "who wrote an answer does not turn the second key on it",
            help="let another officer with that function do it",
            article=guard.article,
        )
