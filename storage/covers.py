"""Who stands in for whom, from which day until which, in one case or in all."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, or_, select, update

from models.ids import AgencyId, CaseId, OfficerId
from models.values import Value
from storage import tables as t

_ENTER = insert(t.cover)


class Cover(Value):
    """One officer in the place of another of the same agency; both days are in it."""

    agency: AgencyId
    absent: OfficerId
    covering: OfficerId
    from_day: date
    until_day: date
    case: CaseId | None = None


def enter(connection: Connection, cover: Cover) -> None:
    """Insert a cover."""
    values = {
        "id": uuid4(),
        "agency_id": cover.agency,
        "absent_id": cover.absent,
        "covering_id": cover.covering,
        "from_day": cover.from_day,
        "until_day": cover.until_day,
        "case_id": cover.case,
    }
    connection.execute(_ENTER, values)


def end(connection: Connection, officer: str, day: date, *, case: UUID) -> int:
    """End the covers of one case by or for an officer; return how many there were."""
    row = t.cover.c
    ended = (
        update(t.cover)
        .where(
            row.case_id == case,
            or_(row.absent_id == officer, row.covering_id == officer),
            row.until_day >= day,
            row.ended_on.is_(None),
        )
        .values(ended_on=day)
    )
    return connection.execute(ended).rowcount


def of_agency(connection: Connection, agency: str, day: date) -> list[Cover]:
    """Return the covers of an agency that hold or will, as far as they may be seen."""
    row = t.cover.c
    query = (
        select(t.cover)
        .where(
            row.agency_id == agency,
            row.until_day >= day,
            func.coalesce(row.ended_on > day, True),
        )
        .order_by(row.from_day, row.absent_id, row.covering_id)
    )
    return [
        Cover(
            agency=AgencyId(found.agency_id),
            absent=OfficerId(found.absent_id),
            covering=OfficerId(found.covering_id),
            from_day=found.from_day,
            until_day=found.until_day,
            case=None if found.case_id is None else CaseId(found.case_id),
        )
        for found in connection.execute(query)
    ]
