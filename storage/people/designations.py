"""Who is named for a case, or for one handoff of it, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    bindparam,
    func,
    insert,
    select,
    update,
)

from models.ids import HandoffId, OfficerId
from models.people import Designated, NamedFor, Naming
from storage import tables as t

_ENTER = insert(t.designation)
_BY_NAME = func.naming_of(
    bindparam("officer"), bindparam("agency"), bindparam("day"), bindparam("case")
).table_valued("case_id", "handoff_id", "officer_id")
NAMINGS = select(_BY_NAME.c.handoff_id, _BY_NAME.c.officer_id).where(
    _BY_NAME.c.case_id == bindparam("case")  # none is not all of them
)
"""What an officer is named for in a case, in their own name or for who is absent."""


def _standing(
    case: UUID | BindParameter[Any], day: date | BindParameter[Any]
) -> tuple[ColumnElement[bool], ...]:
    row = t.designation.c
    return (
        row.case_id == case,
        func.in_force(row.from_day, row.until_day, row.ended_on, day),
    )


_ROW = t.designation.c
OF_CASE = (
    select(t.designation, t.officer.c.service_number, t.officer.c.functions)
    .join(t.officer, t.officer.c.id == _ROW.officer_id)
    .where(
        *_standing(bindparam("case"), bindparam("day")),
        _ROW.agency_id == bindparam("agency"),
    )
    .order_by(_ROW.from_day, _ROW.officer_id)
)


def designate(connection: Connection, naming: Naming) -> None:
    """Name an officer; naming again writes the last day anew."""
    known = (
        update(t.designation)
        .where(*_standing(naming.case, naming.from_day))
        .where(
            t.designation.c.officer_id == naming.officer,
            t.designation.c.handoff_id.is_not_distinct_from(naming.handoff),
        )
        .values(until_day=naming.until_day)
    )
    if connection.execute(known).rowcount:
        return
    values = {
        "id": uuid4(),
        "case_id": naming.case,
        "handoff_id": naming.handoff,
        "agency_id": naming.agency,
        "officer_id": naming.officer,
        "from_day": naming.from_day,
        "until_day": naming.until_day,
    }
    connection.execute(_ENTER, values)


def named(connection: Connection, naming: Naming) -> tuple[OfficerId, ...]:
    """Return as whom an officer is named for a case or handoff on `from_day`.

    The officer first, if named; then absent colleagues whom the officer covers. Empty:
    not named at all. A naming for the whole case holds for each of its handoffs.
    """
    asked = {
        "case": naming.case,
        "officer": naming.officer,
        "agency": naming.agency,
        "day": naming.from_day,
    }
    rows = connection.execute(NAMINGS, asked)
    return as_whom(naming.officer, map(named_for, rows), naming.handoff)


def named_for(row: Any) -> NamedFor:
    """Return the naming that a row of `NAMINGS` holds."""
    return NamedFor(officer=row.officer_id, handoff=row.handoff_id)


def as_whom(
    officer: OfficerId, found: Iterable[NamedFor], handoff: UUID | None
) -> tuple[OfficerId, ...]:
    """Return as whom an officer is named for a handoff, or for the whole case."""
    names = {each.officer for each in found if each.handoff in (None, handoff)}
    return tuple(sorted(names, key=lambda name: (name != officer, name)))


def of_case(
    connection: Connection, case: UUID, agency: str, day: date
) -> list[Designated]:
    """Return the officers of an agency who are named in a case that is seen.

    Under row-level security, whoever sees the case or a question of it sees them.
    """
    asked = {"case": case, "agency": agency, "day": day}
    return [designated_of(row) for row in connection.execute(OF_CASE, asked)]


def designated_of(row: Any) -> Designated:
    """Return who is named by a row."""
    return Designated(
        officer=OfficerId(row.officer_id),
        service_number=row.service_number,
        functions=tuple(sorted(row.functions)),
        handoff=None if row.handoff_id is None else HandoffId(row.handoff_id),
        from_day=row.from_day,
        until_day=row.until_day,
    )


def release(connection: Connection, case: UUID, officer: str, day: date) -> int:
    """End every designation of an officer in a case; return how many there were."""
    ended = (
        update(t.designation)
        .where(*_standing(case, day), t.designation.c.officer_id == officer)
        .values(ended_on=day)
    )
    return connection.execute(ended).rowcount
