"""Acts on the case itself and on the municipality's own material."""

from __future__ import annotations

from datetime import date
from typing import Literal

from models.ids import ItemId, OfficerId
from models.secrecy import Secrecy
from models.values import Message


class OpenCase(Message):
    """The mayor's opening decision; starts the inquiry."""

    kind: Literal["case.open"] = "case.open"
    route: str
    pack_version: date
    activity: str
    preconditions: tuple[str, ...]
    permit_regime: bool
    subject_card: ItemId
    facts: ItemId
    designated: tuple[OfficerId, ...]
    secrecy: Secrecy = Secrecy.INVISIBLE


class Designate(Message):
    """The mayor names an officer for the case (119ter §3)."""

    kind: Literal["case.designate"] = "case.designate"
    officer: OfficerId
    until: date | None = None


class Conceal(Message):
    """What outsiders are told who ask whether the case exists."""

    kind: Literal["case.conceal"] = "case.conceal"
    secrecy: Secrecy


class Extend(Message):
    """The one extension of the inquiry (119ter §4)."""

    kind: Literal["case.extend"] = "case.extend"
    reasons: ItemId


class CloseCase(Message):
    """The case ends; without a measure its underlying data die the same day."""

    kind: Literal["case.close"] = "case.close"
    reasons: ItemId


class AddItem(Message):
    """The municipality's own material enters the file under its source number."""

    kind: Literal["item.add"] = "item.add"
    item: ItemId
    source: str
