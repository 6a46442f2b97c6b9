"""The handoffs inside a case: where each stands, as far as the process must know."""

from __future__ import annotations

from models.process import HandoffMove, Position


class Handoffs:
    """State and version of each handoff of one case; their terms are the case's.

    One small object inside the case, not a child workflow for each: children die when
    the case continues as new, and cost more than half of the throughput.
    """

    def __init__(self, position: Position) -> None:
        self.states = dict(position.handoffs)
        self.versions = dict(position.handoff_versions)

    def apply(self, moves: tuple[HandoffMove, ...]) -> None:
        """Take over what the record says.

        After a crash an older act may be confirmed later than a newer one.
        """
        for move in moves:
            if move.version > self.versions.get(move.handoff, 0):
                self.states[move.handoff] = move.state
                self.versions[move.handoff] = move.version
