"""Who stands in for whom, from which day until which, in one case or in all."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from models.ids import AgencyId, CaseId, OfficerId
from policies.people import Cover
from storage import tables as t

_ENTER = insert(t.cover)


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


def end_all(connection: Connection, absent: str, day: date) -> list[Cover]:
    """End what covers an officer who came back; return what that was."""
    row = t.cover.c
    ended = (
        update(t.cover)
        .where(row.absent_id == absent, row.until_day >= day, row.ended_on.is_(None))
        .values(ended_on=day)
        .returning(t.cover)
    )
    return [_cover(found) for found in connection.execute(ended)]


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
    return [_cover(found) for found in connection.execute(query)]


def _cover(found: Row[Any]) -> Cover:
    return Cover(
        agency=AgencyId(found.agency_id),
        absent=OfficerId(found.absent_id),
        covering=OfficerId(found.covering_id),
        from_day=found.from_day,
        until_day=found.until_day,
        case=None if found.case_id is None else CaseId(found.case_id),
    )
