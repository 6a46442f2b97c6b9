"""What the pages of auditors have around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends
from starlette.responses import HTMLResponse

from models.agencies import OfficerFunction
from web.door import Door, Visit
from web.permissions import Permission
from web.views.ways import AUDIT, served

Auditing = Annotated[Visit, Depends(Door(Permission.TRAIL_READ, keyless=True))]
AuditingWithKeys = Annotated[Visit, Depends(Door(Permission.TRAIL_READ))]


def of_auditor(
    visit: Visit, name: str, values: Mapping[str, Any], *, status: int = 200
) -> HTMLResponse:
    """Return a page of auditors, with the ways between them for whoever is one."""
    auditor = OfficerFunction.AUDITOR in visit.seat.officer.functions
    between = {"between": served(AUDIT, has_keys=visit.has_keys) if auditor else ()}
    return visit.page(f"audit/{name}.html", between | {**values}, status=status)
