"""What came of an act, as whoever asked for it is told, here and elsewhere."""

from __future__ import annotations

from uuid import UUID

from acts.next_steps import WhatNext, what_next
from acts.performing import Done
from acts.seat import Seat
from models.act_kinds import ActKind
from models.errors import Unavailable
from models.ids import ActId, CaseId
from models.values import Value

MADE = ("handoff", "item", "hearing", "decision", "appeal", "glass")
"""What an act may bring into being or move; later acts refer to it."""


class Report(Value):
    """An act and what came of it.

    `taken_up`: it is recorded; else it is stored, and waits for the process of its
    case. `stage` is told to whoever has the case. `receipt` is the leaf hash of its
    entry in hex.
    """

    act: ActId
    kind: ActKind
    case: CaseId
    handoff: UUID | None = None
    item: UUID | None = None
    hearing: UUID | None = None
    decision: UUID | None = None
    appeal: UUID | None = None
    glass: UUID | None = None
    taken_up: bool
    stage: str | None = None
    receipt: str | None = None
    next: WhatNext = WhatNext()


def report(at: Seat, done: Done) -> Report:
    """Return an act with what can be done next, as far as its officer may know."""
    message = done.message
    made = {name: getattr(message, name, None) for name in MADE}
    outcome = done.outcome
    return Report(
        act=done.act,
        kind=ActKind(message.kind),
        case=done.case,
        **made,
        taken_up=done.taken_up,
        stage=outcome.stage if outcome else None,
        receipt=outcome.receipt if outcome else None,
        next=_next(at, done),
    )


def _next(at: Seat, done: Done) -> WhatNext:
    try:
        return what_next(at.desk, at.officer, done)
    except Unavailable:
        return WhatNext()  # the act is recorded, and must not be reported as failed
