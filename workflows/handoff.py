"""A handoff inside its case: where it stands, as far as the process must know."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.handoffs import OPEN_STATES, HandoffState
    from models.ids import HandoffId
    from models.process import HandoffMove


class Handoffs:
    """The handoffs of one case.

    A small class inside the case, not a child workflow: children die when the
    case continues as new, and cost twice the throughput.
    """

    def __init__(self, states: dict[HandoffId, HandoffState]) -> None:
        self.states = dict(states)

    def apply(self, moves: tuple[HandoffMove, ...]) -> None:
        """Take over what the record says."""
        for move in moves:
            self.states[move.handoff] = move.state

    @property
    def pending(self) -> int:
        """Count the handoffs that still wait for somebody."""
        return sum(state in OPEN_STATES for state in self.states.values())
