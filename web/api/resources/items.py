"""Items: the header of one, and opening it with a reason."""

from __future__ import annotations

import base64
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from acts.items.reading import OpenedItem, read_item
from acts.pages.one_item import show_header
from acts.pages.readers import ReaderLine, readers_of
from acts.seat import Seat
from models.agencies import ReadReason
from models.ids import ItemId
from models.items import KnownItem
from models.values import Value
from web.api.door import TokenDoor
from web.permissions import Permission

router = APIRouter(prefix="/api/v1/items", tags=["items"])

Reading = Annotated[Seat, Depends(TokenDoor(Permission.ITEMS_READ))]
Superior = Annotated[Seat, Depends(TokenDoor(Permission.READERS_READ))]


class ReasonToRead(Value):
    """Why an item is opened; the log says so in clear."""

    reason: ReadReason


class Opened(BaseModel):
    """An item with what it holds, under which ruling, and the receipt of the entry.

    `body` is text, or bytes in base64, as `encoding` says.
    """

    known: KnownItem
    encoding: Literal["utf-8", "base64"]
    body: str
    ruling: UUID
    receipt: str


@router.get("/{item}")
def header(seat: Reading, item: UUID) -> KnownItem:
    """Return what may be known of an item without opening it."""
    return show_header(seat.desk, seat.reader(), ItemId(item))


@router.get("/{item}/readers")
def readers(seat: Superior, item: UUID) -> list[ReaderLine]:
    """List to whom an item was released, as far as a superior may know it."""
    return readers_of(seat.desk, seat.reader(), ItemId(item))


@router.post("/{item}/open")
def open_item(seat: Reading, item: UUID, why: ReasonToRead) -> Opened:
    """Open an item: ruled on and logged before anything comes out."""
    reader = seat.reader(why.reason)
    return _opened(read_item(seat.desk, reader, ItemId(item)))


def _opened(found: OpenedItem) -> Opened:
    try:
        encoding, body = "utf-8", found.body.decode()
    except UnicodeDecodeError:
        encoding, body = "base64", base64.b64encode(found.body).decode()
    return Opened.model_validate(
        {
            "known": found.known,
            "encoding": encoding,
            "body": body,
            "ruling": found.ruling,
            "receipt": found.receipt,
        }
    )
