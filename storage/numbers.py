"""The blind index: under which numbers an agency finds items, told by keyed tokens."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from models.ids import AgencyId, CaseId, ItemId
from models.items import ItemState
from models.trail import Concerned
from models.values import Value
from storage import tables as t

_KEEP = insert(t.number_token).on_conflict_do_nothing()


class NumberToken(Value):
    """The token that an agency's node made of a number in an item (32 bytes)."""

    item: ItemId
    agency: AgencyId
    case: CaseId
    token: bytes


def keep(connection: Connection, tokens: Sequence[NumberToken]) -> None:
    """Store tokens of an agency; what is there already stays."""
    if tokens:
        rows = [
            {
                "item_id": each.item,
                "agency_id": each.agency,
                "case_id": each.case,
                "token": each.token,
            }
            for each in tokens
        ]
        connection.execute(_KEEP, rows)


def items_about(
    connection: Connection, agency: str, cases: Sequence[UUID]
) -> list[ItemId]:
    """Return the items that say whom these cases are about, as far as known."""
    row = t.number_token.c
    query = select(row.item_id).where(row.agency_id == agency, row.case_id.in_(cases))
    return [ItemId(found.item_id) for found in connection.execute(query.distinct())]


def concerned(connection: Connection, agency: str, token: bytes) -> Concerned:
    """Return cases and items with a number, as an auditor of the agency may see."""
    row = t.number_token.c
    query = select(row.item_id, row.case_id).where(
        row.agency_id == agency, row.token == token
    )
    found = connection.execute(query).all()
    return Concerned(
        cases=frozenset(CaseId(each.case_id) for each in found),
        items=frozenset(ItemId(each.item_id) for each in found),
    )


def items_with(connection: Connection, agency: str, token: bytes) -> list[ItemId]:
    """Return the live items with a number that the connection may know of."""
    row = t.number_token.c
    query = (
        select(row.item_id)
        .join(t.item, t.item.c.id == row.item_id)
        .where(
            row.agency_id == agency,
            row.token == token,
            t.item.c.state == ItemState.LIVE,
        )
    )
    return [ItemId(found.item_id) for found in connection.execute(query)]
