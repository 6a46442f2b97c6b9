"""What the pages of auditors have around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends
from starlette.responses import HTMLResponse

from acts.desk import Desk
from models.agencies import OfficerFunction, Reader, ReadReason
from models.pages import Window
from models.trail import Wanted
from web.door import Door, Visit
from web.forms.fields import Field
from web.pages.paging import onward, window_after
from web.permissions import Permission
from web.views.narrowing import narrowing, queried
from web.views.navigation import AUDIT, served

Row = TypeVar("Row")
Auditing = Annotated[Visit, Depends(Door(Permission.TRAIL_READ, keyless=True))]
AuditingWithKeys = Annotated[Visit, Depends(Door(Permission.TRAIL_READ))]


def of_auditor(
    visit: Visit, name: str, values: Mapping[str, Any], *, status: int = 200
) -> HTMLResponse:
    """Return a page of auditors, with links between them for whoever is one."""
    auditor = OfficerFunction.AUDITOR in visit.seat.officer.functions
    between = {"between": served(AUDIT, has_keys=visit.has_keys) if auditor else ()}
    return visit.page(f"audit/{name}.html", between | {**values}, status=status)


def list_of_auditor(
    visit: Visit,
    name: str,
    fields: Sequence[Field],
    look: Callable[[Desk, Reader, Wanted, Window], Sequence[Row]],
    entry_of: Callable[[Row], UUID],
) -> HTMLResponse:
    """Return a list narrowed as the query says; what does not hold looks at nothing."""
    asked = narrowing(visit.seat, queried(visit.request.query_params), fields)
    if asked.faults:
        return of_auditor(visit, name, {"asked": asked}, status=422)
    seat = visit.seat
    reader = seat.reader(ReadReason.CHECKING)
    found = look(seat.desk, reader, asked.wanted, window_after(asked.after))
    rows = [entry_of(each) for each in found]
    next_one = onward(f"/audit/{name}", rows, asked.given)
    values = {"asked": asked, "found": found, "onward": next_one}
    return of_auditor(visit, name, values)
