"""Whether a question may still be put, and which request it serves."""

from __future__ import annotations

from activities.recording.step import Step
from models.errors import ClockEnded, NotPermitted, TransitionNotAllowed
from models.handoffs import HandoffRecord, HandoffState
from models.ids import HandoffId
from models.law.clocks import ClockEnd
from models.law.sources import SourceKind
from storage import deadlines


def check_term_runs(step: Step) -> None:
    """Refuse a question after the term that it would have expired with.

    Raises:
        ClockEnded: the asker's inquiry or advice term is over.
    """
    mine = [
        deadline
        for deadline in deadlines.of_case(step.connection, step.case.id)
        if deadline.agency == step.agency.id
        and ClockEnd.QUESTIONS_EXPIRE in step.pack.clock(deadline.clock).at_end
    ]
    if mine and all(deadline.ends_at <= step.at for deadline in mine):
        raise ClockEnded(
            "the term in which questions may be asked has ended",
            help="what was not asked in time needs a new inquiry",
        )


def request_of(step: Step, identifier: HandoffId | None) -> HandoffRecord | None:
    """Return the request a question serves; only the lead asks without one."""
    if step.agency.id == step.case.agency:
        step.require_designation(None)
        return None
    if identifier is None:
        raise NotPermitted(
            "your agency asks others only for a request that it was asked for",
            help="name the request with `--parent`",
        )
    parent = step.handoff_of(identifier, asked=True)
    step.require_designation(parent.id)
    if parent.kind != SourceKind.ADVICE or parent.state is not HandoffState.ACCEPTED:
        raise TransitionNotAllowed(
            "services are asked only for a request that was admitted",
            help="admit it first with `estafette advice admit`",
        )
    return parent
