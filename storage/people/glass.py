"""Emergencies: who broke the glass of which case, until when, and the review of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, select, update

from models.clock import legal_day
from models.ids import AgencyId, CaseId, OfficerId
from models.people import Glass, GlassGround, ReviewOutcome
from storage import tables as t

_ENTER = insert(t.glass)
_OPEN = func.glass_of(
    bindparam("officer"), bindparam("agency"), bindparam("at")
).table_valued("case_id")
_IS_OPEN = select(_OPEN.c.case_id).where(_OPEN.c.case_id == bindparam("case"))

REVIEWS = (
    select(t.glass)
    .where(t.glass.c.agency_id == bindparam("agency"), t.glass.c.outcome.is_(None))
    .order_by(t.glass.c.from_at, t.glass.c.id)
)
"""See `reviews`."""
REVIEWS_OF_CASE = REVIEWS.where(t.glass.c.case_id == bindparam("case"))


def enter(connection: Connection, glass: Glass) -> None:
    """Insert an emergency whose review is open."""
    values = {
        "id": glass.id,
        "case_id": glass.case,
        "agency_id": glass.agency,
        "officer_id": glass.officer,
        "ground": glass.ground,
        "from_at": glass.from_at,
        "until_at": glass.until_at,
    }
    connection.execute(_ENTER, values)


def is_open(
    connection: Connection, case: UUID, *, officer: str, agency: str, at: datetime
) -> bool:
    """Tell whether an officer reads a case in an emergency at an instant."""
    values = {"case": case, "officer": officer, "agency": agency, "at": at}
    return connection.execute(_IS_OPEN, values).first() is not None


def find(connection: Connection, glass: UUID) -> Glass | None:
    """Return one emergency."""
    query = select(t.glass).where(t.glass.c.id == glass)
    row = connection.execute(query).first()
    return None if row is None else glass_of(row)


def reviews(
    connection: Connection, agency: str, case: UUID | None = None
) -> list[Glass]:
    """Return the emergencies of an agency whose review is open, oldest first."""
    query = REVIEWS if case is None else REVIEWS_OF_CASE
    asked = {"agency": agency, "case": case}
    return [glass_of(found) for found in connection.execute(query, asked)]


def conclude(
    connection: Connection, glass: Glass, outcome: ReviewOutcome, at: datetime
) -> None:
    """Write what a review found; the emergency ends with it."""
    found = {
        "outcome": outcome,
        "reviewed_on": legal_day(at),
        "until_at": func.least(t.glass.c.until_at, at),
    }
    row = update(t.glass).where(t.glass.c.id == glass.id)
    connection.execute(row.values(found))


def glass_of(row: Any) -> Glass:
    """Return the emergency that a row holds."""
    return Glass(
        id=row.id,
        case=CaseId(row.case_id),
        agency=AgencyId(row.agency_id),
        officer=OfficerId(row.officer_id),
        ground=GlassGround(row.ground),
        from_at=row.from_at,
        until_at=row.until_at,
        outcome=None if row.outcome is None else ReviewOutcome(row.outcome),
        reviewed_on=row.reviewed_on,
    )
