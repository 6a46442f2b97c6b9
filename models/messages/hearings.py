"""Acts on the hearing."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from models.ids import ItemId
from models.proceedings import Attendance, ServiceMode
from models.values import MOST, Message


class InviteHearing(Message):
    """The invitation with its proof (119ter §13)."""

    kind: Literal["hearing.invite"] = "hearing.invite"
    hearing: UUID
    mode: ServiceMode
    presented_on: date
    hearing_on: date
    invitation: ItemId
    proof: ItemId


class RecordHearing(Message):
    """What happened at the hearing; arguments are numbered 1..n in the minutes."""

    kind: Literal["hearing.record"] = "hearing.record"
    hearing: UUID
    attendance: Attendance
    arguments: int = Field(ge=0, le=MOST)
    minutes: ItemId
