"""Handoffs: a question put to another agency with the duty to act on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from models.errors import ClockEnded, TransitionNotAllowed
from models.ids import ActId, AgencyId, CaseId, HandoffId, ItemId, OfficerId
from models.values import Value


class HandoffState(StrEnum):
    """Where a handoff stands."""

    OFFERED = "offered"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    REFUSED = "refused"
    RETURNED = "returned"
    EXPIRED = "expired"
    RECALLED = "recalled"


class InnerState(StrEnum):
    """Where a guarded question stands inside the agency that was asked.

    To the asker it stays offered until an answer leaves or its term ends.
    """

    RECEIVED = "received"
    ACCEPTED = "accepted"
    PREPARED = "prepared"
    """An answer is written, and waits for the second key."""

    NOTHING_KNOWN = "nothing_known"
    MAY_NOT_SAY = "may_not_say"


SILENT = frozenset({InnerState.NOTHING_KNOWN, InnerState.MAY_NOT_SAY})
"""What reads, to the asker, like an answer that never came (LVP art. 45)."""


class HandoffStep(StrEnum):
    """What moves a handoff on."""

    RECEIVE = "receive"
    ACCEPT = "accept"
    ANSWER = "answer"
    REFUSE = "refuse"
    RETURN = "return"
    COMPLETE = "complete"
    EXPIRE = "expire"
    RECALL = "recall"


_S = HandoffState
OPEN_STATES = frozenset({_S.OFFERED, _S.RECEIVED, _S.ACCEPTED, _S.RETURNED})

_TABLE: dict[HandoffStep, tuple[frozenset[HandoffState], HandoffState]] = {
    HandoffStep.RECEIVE: (frozenset({_S.OFFERED}), _S.RECEIVED),
    HandoffStep.ACCEPT: (frozenset({_S.RECEIVED}), _S.ACCEPTED),
    HandoffStep.ANSWER: (frozenset({_S.RECEIVED, _S.ACCEPTED}), _S.ANSWERED),
    HandoffStep.REFUSE: (frozenset({_S.RECEIVED, _S.ACCEPTED}), _S.REFUSED),
    HandoffStep.RETURN: (frozenset({_S.RECEIVED, _S.ACCEPTED}), _S.RETURNED),
    HandoffStep.COMPLETE: (frozenset({_S.RETURNED}), _S.OFFERED),
    HandoffStep.EXPIRE: (OPEN_STATES, _S.EXPIRED),
    HandoffStep.RECALL: (OPEN_STATES, _S.RECALLED),
}


def too_late() -> ClockEnded:
    """Return the error for an answer after the term of its question."""
    return ClockEnded(
        "the term of this question has ended, and the question with it",
        help="the asker may put a new question while the inquiry runs",
    )


_DONE = {
    HandoffStep.RECEIVE: "received",
    HandoffStep.ACCEPT: "accepted",
    HandoffStep.ANSWER: "answered",
    HandoffStep.REFUSE: "refused",
    HandoffStep.RETURN: "returned",
    HandoffStep.COMPLETE: "completed",
    HandoffStep.EXPIRE: "ended",
    HandoffStep.RECALL: "taken back",
}
_REASONS: dict[HandoffState, str] = {
    _S.ANSWERED: "it was already answered",
    _S.RECALLED: "the asker took it back",
    _S.REFUSED: "it was refused",
    _S.RETURNED: "it was returned to the asker for completion",
    _S.OFFERED: "it has not been received yet",
}


def after(step: HandoffStep, state: HandoffState) -> HandoffState:
    """Return the state that `step` leads to from `state`.

    Raises:
        ClockEnded: it expired.
        TransitionNotAllowed: the table has no such step from that state.
    """
    allowed, result = _TABLE[step]
    if state is _S.EXPIRED:
        raise too_late()
    if state not in allowed:
        reason = _REASONS.get(state, f"it is `{state.value}`")
        wanted = ", ".join(f"`{s.value}`" for s in sorted(allowed))
        raise TransitionNotAllowed(
            f"this handoff cannot be {_DONE[step]}: {reason}",
            help=f"that is possible only while it is {wanted}",
            state=state.value,
        )
    return result


class HandoffRecord(Value):
    """A handoff as the record knows it; `kind` is the pack's kind of source.

    `inside` is where a guarded one stands, for its asked agency alone.
    """

    id: HandoffId
    case: CaseId
    route: str
    pack_version: date
    parent: HandoffId | None = None
    kind: str
    source: str
    asker: AgencyId
    asked: AgencyId
    state: HandoffState
    version: int = 1
    question: ItemId
    purpose: str
    article: str
    offered_at: datetime
    due_on: date | None = None
    closed_at: datetime | None = None
    inside: InnerState | None = None


def requesters(known: Iterable[HandoffRecord], agency: AgencyId) -> frozenset[AgencyId]:
    """Return who asked an agency something, among hand-offs that it knows of."""
    return frozenset(each.asker for each in known if each.asked == agency)


class Inside(Value):
    """A guarded question as the asked agency knows it.

    `act` and `by` are the act and the officer of the prepared answer.
    """

    handoff: HandoffId
    case: CaseId
    agency: AgencyId
    state: InnerState
    act: ActId | None = None
    by: OfficerId | None = None


class ReleaseRequest(Value):
    """What a handoff of the kind `release` asks of the originator of an item.

    `serves` is the question between asker and recipient, `article` its basis.
    """

    handoff: HandoffId
    case: CaseId
    item: ItemId
    recipient: AgencyId
    serves: HandoffId
    article: str
