"""Opening one item: with a reason, ruled on, logged, and never kept by the browser."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from starlette.responses import HTMLResponse

from acts.items.reading import read_item
from models.agencies import ReadReason
from models.errors import InvalidInput
from models.ids import ItemId
from web.door import Door, Visit
from web.permissions import Permission
from web.views.content import content_of

router = APIRouter()

Reading = Annotated[Visit, Depends(Door(Permission.ITEMS_READ))]


@router.post("/items/{item}", response_model=None)
def open_item(
    visit: Reading, item: UUID, reason: Annotated[str, Form()] = ""
) -> HTMLResponse:
    """Show what an item holds; asked for by a form, so that no link opens it.

    Raises:
        InvalidInput: nobody said why.
    """
    if reason not in set(ReadReason):
        raise InvalidInput("why you read it is not said", help="go back and choose why")
    seat = visit.seat
    opened = read_item(seat.desk, seat.reader(ReadReason(reason)), ItemId(item))
    return visit.page(
        "item.html", {"opened": opened, "content": content_of(opened.body)}
    )
