"""Hearings, decisions and appeals as the record knows them; their texts are items."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from models.ids import CaseId, ItemId, OfficerId
from models.messages.decisions import Ground
from models.proceedings import AppealResult, Attendance, ServiceMode
from models.values import Value


class DecisionState(StrEnum):
    """How far a decision has come."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    NOTIFIED = "notified"
    WITHDRAWN = "withdrawn"


class Hearing(Value):
    """An invitation with its proof, and what came of it."""

    id: UUID
    case: CaseId
    mode: ServiceMode
    presented_on: date
    hearing_on: date
    invitation: ItemId
    proof: ItemId
    attendance: Attendance | None = None
    arguments: int | None = None
    minutes: ItemId | None = None

    @property
    def is_recorded(self) -> bool:
        """Tell whether its minutes were entered, also where nobody came."""
        return self.attendance is not None


class Decision(Value):
    """A proposal of the mayor and what the college made of it."""

    id: UUID
    case: CaseId
    state: DecisionState
    outcome: str
    proposed_by: OfficerId
    months: int | None = None
    lifting_conditions: bool = False
    grounds: tuple[Ground, ...] = ()
    answered: tuple[int, ...] = ()
    proposal: ItemId
    text: ItemId | None = None
    adopted_on: date | None = None
    notified_on: date | None = None
    notified_mode: ServiceMode | None = None
    filed_on: date | None = None
    no_appeal_on: date | None = None

    @property
    def is_unconfirmed(self) -> bool:
        """Tell whether an appeal may have been lodged without being known here."""
        return self.state is DecisionState.NOTIFIED and self.no_appeal_on is None


DECIDED = (DecisionState.ADOPTED, DecisionState.NOTIFIED)
"""The college decided, and did not take it back."""

_ON_THE_WAY = (DecisionState.PROPOSED, *DECIDED)


def furthest(known: Iterable[Decision]) -> Decision | None:
    """Return the decision that has come furthest, if one was not withdrawn."""
    standing = [each for each in known if each.state in _ON_THE_WAY]
    return max(standing, key=lambda d: _ON_THE_WAY.index(d.state), default=None)


class AppealWait(StrEnum):
    """What a case waits for before all appeals are exhausted."""

    TERM = "term_for_appeal"
    """An appeal can still be lodged."""

    JUDGMENT = "judgment"
    """One was lodged."""

    CONFIRMATION = "confirmation_of_no_appeal"
    """One may have been lodged in time without being known here yet."""


FINAL = frozenset({AppealResult.REJECTED, AppealResult.ANNULLED})
"""A suspension is not final."""


class Appeal(Value):
    """An appeal to the Council of State."""

    id: UUID
    case: CaseId
    decision: UUID
    lodged_on: date
    extreme_urgency: bool
    result: AppealResult | None = None
    ruled_on: date | None = None

    @property
    def is_pending(self) -> bool:
        """Tell whether a final judgment is still to come."""
        return self.result not in FINAL
