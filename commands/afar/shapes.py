"""What the API answers, as far as commands read it; more may come with it."""

from __future__ import annotations

import base64
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, RootModel

from acts.items.reading import OpenedItem
from acts.pages.lists import NoticeLine
from models.agencies import AgencyKind, Officer
from models.handoffs import HandoffRecord, ReleaseRequest
from models.items import KnownItem
from models.pages import Window
from models.people import Glass

Row = TypeVar("Row")


class FaultThere(BaseModel):
    """A field that does not hold, and why."""

    field: str
    detail: str


class ProblemThere(BaseModel):
    """What went wrong, as RFC 9457 has it."""

    code: str
    detail: str
    help: str = ""
    details: dict[str, object] = {}
    faults: tuple[FaultThere, ...] = ()


class Rows(BaseModel, Generic[Row]):
    """A page of a list."""

    rows: tuple[Row, ...]


def part_of(window: Window) -> dict[str, object]:
    """Return which part of a list is wanted, as a query."""
    return {"limit": window.limit, "cursor": window.after}


class Myself(BaseModel):
    """Who one is, of which kind one's agency is, and the legal date there."""

    officer: Officer
    agency_kind: AgencyKind
    today: date


class AgencyThere(BaseModel):
    """Of which kind an agency is."""

    kind: AgencyKind


class LawThere(BaseModel):
    """Which law a case is under."""

    id: str
    version: date


class FarInbox(BaseModel):
    """A page of what one's agency was asked."""

    handoffs: tuple[HandoffRecord, ...]
    notices: tuple[NoticeLine, ...]
    reviews: tuple[Glass, ...]


class MaybeRelease(RootModel[ReleaseRequest | None]):
    """Which item a question asks to let go on, if that is what it asks."""


class FarItem(BaseModel):
    """An item with what it holds, as text or in base64."""

    known: KnownItem
    encoding: str
    body: str
    ruling: UUID
    receipt: str

    @property
    def opened(self) -> OpenedItem:
        """Return it with what it holds as bytes."""
        text = self.encoding == "utf-8"
        body = self.body.encode() if text else base64.b64decode(self.body)
        return OpenedItem(
            known=self.known, body=body, ruling=self.ruling, receipt=self.receipt
        )
