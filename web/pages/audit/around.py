"""What the pages of auditors have around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends
from starlette.responses import HTMLResponse

from acts.desk import Desk
from models.agencies import OfficerFunction, Reader, ReadReason
from models.errors import EstafetteError
from models.pages import Window
from models.trail import Wanted
from web.door import Door, Visit
from web.faults import status_of
from web.forms.fields import Field
from web.pages.paging import onward, window_after
from web.permissions import Permission
from web.views.narrowing import Narrowing, narrowing, queried
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
        return not_so(visit, name, asked)
    seat = visit.seat
    reader = seat.reader(ReadReason.CHECKING)
    try:
        found = look(seat.desk, reader, asked.wanted, window_after(asked.after))
    except EstafetteError as error:
        return not_so(visit, name, asked.refusing(error))
    rows = [entry_of(each) for each in found]
    next_one = onward(f"/audit/{name}", rows, asked.given)
    values = {"asked": asked, "found": found, "onward": next_one}
    return of_auditor(visit, name, values)


def not_so(visit: Visit, name: str, asked: Narrowing) -> HTMLResponse:
    """Return a page with what does not hold, at its fields."""
    status = status_of(asked.refused) if asked.refused else 422
    return of_auditor(visit, name, {"asked": asked}, status=status)
