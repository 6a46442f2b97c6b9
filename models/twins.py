"""Twin records: each side's signed word that a hand-off changed; docs/formats/twin.md.

A record names agency, hand-off and entry, and nothing of what was asked or answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from models.act_kinds import ActKind
from models.events import EventKind
from models.handoffs import HandoffState
from models.ids import AgencyId
from models.values import Hash, LinkMessage, Value

PATIENCE = timedelta(seconds=30)
"""A side that is missing for so long is found; a node looks twice a second."""

Number = Annotated[int, Field(ge=1, lt=2**31)]
Instant = Annotated[int, Field(ge=0, lt=2**63)]


class Change(StrEnum):
    """What became of a hand-off, as both its sides may know it."""

    OFFERED = "offered"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    REFUSED = "refused"
    RETURNED = "returned"
    COMPLETED = "completed"
    RECALLED = "recalled"
    EXPIRED = "expired"


class Side(StrEnum):
    """Which agency of a hand-off: the one that asks, or the one that was asked."""

    SENDER = "sender"
    RECEIVER = "receiver"


_A, _C = ActKind, Change
_WAITS = frozenset({_C.OFFERED, _C.COMPLETED})
_IN_HAND = frozenset({_C.RECEIVED, _C.ACCEPTED})
_OPEN = _WAITS | _IN_HAND | {_C.RETURNED}

FOLLOWS: Mapping[Change, frozenset[Change]] = {
    _C.OFFERED: frozenset(),
    _C.RECEIVED: _WAITS,
    _C.ACCEPTED: frozenset({_C.RECEIVED}),
    _C.ANSWERED: _WAITS | _IN_HAND,
    _C.REFUSED: _IN_HAND,
    _C.RETURNED: _WAITS | _IN_HAND,
    _C.COMPLETED: frozenset({_C.RETURNED}),
    _C.RECALLED: _OPEN,
    _C.EXPIRED: _OPEN,
}
"""What each change may come after. Where a guard keeps what happens inside, an answer
or a return comes after the offer itself."""


PROVEN_BY: Mapping[Change, frozenset[str]] = {
    _C.OFFERED: frozenset(
        {_A.HANDOFF_ASK, _A.REGISTER_QUERY, _A.ADVICE_REQUEST, _A.ITEM_REQUEST_RELEASE}
    ),
    _C.RECEIVED: frozenset({_A.HANDOFF_RECEIVE}),
    _C.ACCEPTED: frozenset({_A.HANDOFF_ACCEPT, _A.ADVICE_ADMIT}),
    _C.ANSWERED: frozenset(
        {_A.HANDOFF_ANSWER, _A.HANDOFF_CONFIRM, _A.ADVICE_DELIVER, _A.ITEM_GRANT}
    ),
    _C.REFUSED: frozenset({_A.HANDOFF_REFUSE, _A.ADVICE_REJECT, _A.ITEM_DENY}),
    _C.RETURNED: frozenset({_A.HANDOFF_RETURN, _A.ADVICE_REJECT}),
    _C.COMPLETED: frozenset({_A.HANDOFF_COMPLETE, _A.ADVICE_COMPLETE}),
    _C.RECALLED: frozenset({_A.HANDOFF_RECALL}),
    _C.EXPIRED: frozenset({EventKind.HANDOFF_EXPIRED, EventKind.CLOCK_ENDED}),
}
"""The kinds of entries that prove each change. A hand-off that ends with the request or
case that it served is recalled by the entry that ended those."""

ASKERS: frozenset[Change] = frozenset({_C.OFFERED, _C.COMPLETED, _C.RECALLED})
"""What the agency that asks does; the rest the asked one does, but what time ends."""

KEPT_INSIDE: frozenset[str] = frozenset(
    {_A.HANDOFF_RECEIVE, _A.HANDOFF_ACCEPT, _A.HANDOFF_ANSWER, _A.HANDOFF_REFUSE}
)
"""Kinds that move nothing where the answer is guarded: they stay with the asked."""

MOVES: frozenset[str] = frozenset().union(*PROVEN_BY.values()) - {EventKind.CLOCK_ENDED}
"""Kinds of entries that move the hand-off they name, but what is kept inside."""


def change_to(state: HandoffState, version: int) -> Change:
    """Return the change that brought a hand-off to its present state and version."""
    if state is HandoffState.OFFERED and version > 1:
        return Change.COMPLETED
    return Change(state)


class ChangeSigned(Value):
    """A change of a hand-off as its parties see it; `unsigned` owe their word."""

    step: int
    change: Change
    at: datetime
    unsigned: tuple[AgencyId, ...] = ()


class MissingTwin(Value):
    """A side that owes its word on a change, since when, and whether its node refuses.

    `at` is legal time, `since` the machine's.
    """

    handoff_id: UUID
    case_id: UUID
    step: int
    change: Change
    at: datetime
    side: Side
    agency_id: AgencyId
    since: datetime
    refused: bool


class TwinOffer(LinkMessage):
    """A change of a hand-off that lacks the word of the agency it is offered to.

    Attributes:
        step: the version of the hand-off that the change led to, from 1.
        at: legal time.
        leaf: of the entry that proves the change.
        acted: an officer of this agency did it, and was handed the leaf.
    """

    handoff: UUID
    step: Number
    change: Change
    side: Side
    at: AwareDatetime
    leaf: Hash
    acted: bool


class Twin(LinkMessage):
    """One side's word. Instants are in microseconds since 1970 in UTC.

    Attributes:
        at: legal time of the change.
        receipt: the node of this agency had been handed the leaf by an officer.
        previous: SHA-256 of what this agency signed of the step before; empty at first.
        signed_at: machine time.
        certificate: of the agency's signing key, X.509 in DER.
        signature: ECDSA P-256, DER.
    """

    agency: str
    handoff: UUID
    step: Number
    change: Change
    side: Side
    at: Instant
    leaf: Hash
    receipt: bool
    previous: bytes = Field(b"", max_length=32)
    signed_at: Instant
    certificate: bytes
    signature: bytes = b""


class TwinRefused(LinkMessage):
    """A change that a node does not sign, and why, in words of its own."""

    handoff: UUID
    step: Number
    reason: str = Field(max_length=400)
