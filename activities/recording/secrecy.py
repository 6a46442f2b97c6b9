"""How far a case is hidden from those who have no part in it."""

from __future__ import annotations

from activities.recording.step import Step
from models.errors import OutsidePack, TransitionNotAllowed
from models.messages.cases import Conceal
from models.secrecy import Secrecy
from storage import existence


def conceal(step: Step, message: Conceal) -> None:
    """Set what outsiders are told from now on; what was told is in the ledger."""
    step.require_designation(None)
    if message.secrecy is step.case.secrecy:
        raise TransitionNotAllowed(
            f"this case is `{message.secrecy}` already",
            help="nothing has to be done",
        )
    tell(step, message.secrecy)
    step.effects.secrecy = message.secrecy


def tell(step: Step, mode: Secrecy) -> None:
    """Write what a mode tells to whom, as the pack has it.

    Raises:
        OutsidePack: the route lets nobody be told in this mode.
    """
    telling = step.pack.telling(mode)
    if telling is None and mode is not Secrecy.INVISIBLE:
        raise OutsidePack(
            f"route `{step.pack.id}` tells nobody outside in mode `{mode}`",
            help="leave the case invisible",
        )
    existence.conceal(step.connection, step.case, telling)
    step.effects.detail = mode
    step.effects.article = telling.article if telling else ""
