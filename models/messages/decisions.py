"""Acts on the decision: proposed, adopted, notified, withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from models.ids import ItemId
from models.law.decisions import RequirementKind
from models.proceedings import ServiceMode
from models.values import MOST, Message


class Ground(Message):
    """One cited item and the limb of the legal test it serves (119ter §10)."""

    item: ItemId
    limb: str


class ProposeDecision(Message):
    """The mayor's proposal (119ter §8-9).

    `parts` are the demanded parts that the sealed motivation was found to have.
    """

    kind: Literal["decision.propose"] = "decision.propose"
    decision: UUID
    outcome: str
    grounds: tuple[Ground, ...] = Field(default=(), max_length=MOST)
    answered: tuple[Annotated[int, Field(ge=1, le=MOST)], ...] = Field(
        default=(), max_length=MOST
    )
    parts: tuple[RequirementKind, ...] = ()
    months: int | None = Field(default=None, ge=1, le=MOST)
    lifting_conditions: bool = False
    proposal: ItemId


class AdoptDecision(Message):
    """The college's reasoned decision (119ter §8-9)."""

    kind: Literal["decision.adopt"] = "decision.adopt"
    decision: UUID
    text: ItemId


class NotifyDecision(Message):
    """The proven notification; `received_on` starts the terms (119ter §8 al.3)."""

    kind: Literal["decision.notify"] = "decision.notify"
    decision: UUID
    mode: ServiceMode
    received_on: date
    advice: ItemId
    proof: ItemId


class WithdrawDecision(Message):
    """The college must withdraw when the facts no longer hold (119ter §12)."""

    kind: Literal["decision.withdraw"] = "decision.withdraw"
    decision: UUID
    reasons: ItemId
