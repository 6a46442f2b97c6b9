"""Acts on the appeals against a decision."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from models.ids import ItemId
from models.proceedings import AppealResult
from models.values import Message


class RecordAppeal(Message):
    """An appeal to the Council of State was lodged (119ter §11)."""

    kind: Literal["appeal.record"] = "appeal.record"
    appeal: UUID
    decision: UUID
    lodged_on: date
    extreme_urgency: bool = False


class ConfirmNoAppeal(Message):
    """No appeal is there but those ruled on; only this exhausts them."""

    kind: Literal["appeal.none"] = "appeal.none"
    decision: UUID
    proof: ItemId


class RuleAppeal(Message):
    """The Council of State has ruled."""

    kind: Literal["appeal.rule"] = "appeal.rule"
    appeal: UUID
    result: AppealResult
    ruled_on: date
