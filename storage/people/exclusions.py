"""Conflicts of interest: who has no part in a case, whatever else names them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, bindparam, func, insert, null, select, update

from models.ids import AgencyId, CaseId, OfficerId
from models.people import Exclusion, ExclusionGround
from storage import tables as t

_ENTER = insert(t.exclusion)
_OF_OFFICER = func.exclusions_of(bindparam("officer"), bindparam("day")).table_valued(
    "case_id"
)
EXCLUDED = select(_OF_OFFICER.c.case_id).where(
    _OF_OFFICER.c.case_id == bindparam("case")
)

_ROW = t.exclusion.c
OF_CASE = (
    select(t.exclusion)
    .where(
        _ROW.case_id == bindparam("case"),
        _ROW.agency_id == bindparam("agency"),
        func.in_force(_ROW.from_day, null(), _ROW.ended_on, bindparam("day")),
    )
    .order_by(_ROW.from_day, _ROW.officer_id)
)
"""Whom an agency keeps out of a case, as far as the connection may see."""


def enter(connection: Connection, exclusion: Exclusion) -> None:
    """Insert an exclusion."""
    values = {
        "id": uuid4(),
        "case_id": exclusion.case,
        "agency_id": exclusion.agency,
        "officer_id": exclusion.officer,
        "ground": exclusion.ground,
        "from_day": exclusion.from_day,
    }
    connection.execute(_ENTER, values)


def is_excluded(connection: Connection, case: UUID, officer: str, day: date) -> bool:
    """Tell whether a conflict of interest keeps an officer out of a case on a day."""
    values = {"case": case, "officer": officer, "day": day}
    return connection.execute(EXCLUDED, values).first() is not None


def end(connection: Connection, case: UUID, officer: str, day: date) -> bool:
    """End the exclusions of an officer from a case; tell whether there was one."""
    row = t.exclusion.c
    ended = (
        update(t.exclusion)
        .where(
            row.case_id == case,
            row.officer_id == officer,
            func.in_force(row.from_day, null(), row.ended_on, day),
        )
        .values(ended_on=day)
    )
    return connection.execute(ended).rowcount > 0


def exclusion_of(row: Any) -> Exclusion:
    """Return the exclusion that a row holds."""
    return Exclusion(
        case=CaseId(row.case_id),
        agency=AgencyId(row.agency_id),
        officer=OfficerId(row.officer_id),
        ground=ExclusionGround(row.ground),
        from_day=row.from_day,
    )
