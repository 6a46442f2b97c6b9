"""What both sides of a hand-off shall sign: each change that both of them may know.

Only moves of the hand-off itself come here. What a guarded question went through inside
the asked agency moves nothing, and is offered to nobody.
"""

from __future__ import annotations

from datetime import UTC, datetime

from activities.recording.scene import Scene
from models.ids import AgencyId
from storage.log import twins


def owe(scene: Scene, receipt: str, by: AgencyId | None = None) -> None:
    """Let both sides owe their word on what an act or alarm changed.

    `receipt` proves it, where the end of a hand-off has no entry of its own.
    """
    proofs = scene.effects.proofs
    changes = [
        twins.Proven(
            handoff=handoff,
            leaf=bytes.fromhex(proofs.get(handoff.id, receipt)),
            at=scene.at,
            by=None if handoff.id in proofs else by,
        )
        for handoff in scene.effects.changed
    ]
    twins.enter(scene.connection, changes, datetime.now(UTC))
