"""Opening one item: with a reason, ruled on, logged, and never kept by the browser."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from starlette.responses import Response

from acts.drafts.admission import extension_of
from acts.items.reading import read_item
from models.ids import ItemId
from web.door import Door, Visit
from web.forms.reasons import reason_given
from web.guards.origin import inside
from web.pages.downloads import saved
from web.permissions import Permission
from web.views.content import content_of

router = APIRouter()

Reading = Annotated[Visit, Depends(Door(Permission.ITEMS_READ))]


@router.post("/items/{item}", response_model=None)
def open_item(
    visit: Reading,
    item: UUID,
    reason: Annotated[str, Form()] = "",
    save: Annotated[bool, Form()] = False,
    back: Annotated[str, Form()] = "",
) -> Response:
    """Show what an item holds, or save it; asked for by a form: no link opens it.

    `back` is the page whose form opened it: not everybody who may open an item has a
    page of its case.

    Raises:
        InvalidInput: nobody said why.
    """
    seat = visit.seat
    opened = read_item(seat.desk, seat.reader(reason_given(reason)), ItemId(item))
    if save:
        name = f"{opened.known.kind}-{str(item)[:8]}.{extension_of(opened.body)}"
        return saved(name, "application/octet-stream", opened.body)
    content = content_of(opened.body)
    values = {"opened": opened, "content": content, "reason": reason}
    return visit.page("item.html", values | {"back": inside(back) if back else ""})
