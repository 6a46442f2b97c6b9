"""Acts towards the central register."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from models.ids import AgencyId, HandoffId, ItemId
from models.values import Message


class QueryRegister(Message):
    """The mandatory query of the central register (119ter §6 1°, L24 12)."""

    kind: Literal["register.query"] = "register.query"
    handoff: HandoffId
    to: AgencyId
    source: str
    question: ItemId


class FileInRegister(Message):
    """The filing of a measure in the central register (L24 10)."""

    kind: Literal["register.file"] = "register.file"
    decision: UUID
    to: AgencyId
    filing: ItemId
