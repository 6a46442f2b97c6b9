"""What somebody is to a case or question on a day: what a ruling on a read needs."""

from __future__ import annotations

from sqlalchemy import Connection, func, literal, select, true

from models.cases import CaseRecord
from models.ids import OfficerId
from models.people import Naming
from models.values import Value
from storage.cases import FIND, case_of
from storage.people.designations import NAMED, as_whom, asking
from storage.people.exclusions import EXCLUDED

_CASE = FIND.subquery()
_HELD = select(
    EXCLUDED.exists().label("excluded"),
    func.array(NAMED.scalar_subquery()).label("names"),
)
_STANDING = (
    _HELD.add_columns(_CASE)
    .select_from(select(literal(1)).subquery())
    .join(_CASE, true(), isouter=True)
)


class Standing(Value):
    """Whether an officer is kept out of a case, as whom they are named, and the case.

    Attributes:
        names: see `storage.people.designations.named`.
        case: the case, if the connection may see it.
    """

    excluded: bool
    names: tuple[OfficerId, ...]
    case: CaseRecord | None


def find(
    connection: Connection, naming: Naming, case: CaseRecord | None = None
) -> Standing:
    """Return what an officer is on `from_day`, to a case or to a handoff of it.

    `case` is the case, if it was found before; it is not looked up again.
    """
    query = _HELD if case else _STANDING
    row = connection.execute(query, asking(naming)).one()
    if case is None and row.id is not None:
        case = case_of(row)
    names = as_whom(naming, row.names)
    return Standing(excluded=row.excluded, names=names, case=case)
