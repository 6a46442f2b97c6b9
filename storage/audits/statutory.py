"""Statutory lists, and what they are made of, as the DPO of an agency may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    func,
    insert,
    select,
)

from models.ids import AgencyId, ItemId, PaperId
from models.items import KnownItem
from models.pages import Window
from models.statutory import Consulted, StatutoryList
from storage import items
from storage import tables as t
from storage.paging import Key, Listed, page_of

_ROW = t.statutory_list.c
_BY_NEWS: Key = (_ROW.made_at, _ROW.id)
_ALL = Listed(select(t.statutory_list), _BY_NEWS, down=True)


def cards(
    connection: Connection, agency: str, first: date, last: date
) -> Sequence[KnownItem]:
    """Return the subject cards that an agency sealed from one day to another."""
    card = func.my_subjects().table_valued("item_id", "added_on")
    query = select(card.c.item_id).where(card.c.added_on.between(first, last))
    found = [ItemId(row.item_id) for row in connection.execute(query)]
    return items.known_among(connection, agency, found)


def consulted(connection: Connection, first: date, last: date) -> Sequence[Consulted]:
    """Return where an agency consulted what from one day to another, in order."""
    row = func.my_consultations().table_valued("source", "asked", "case_id", "day").c
    query = select(row.day, row.source, row.asked, row.case_id)
    query = query.where(row.day.between(first, last)).distinct()
    ordered = query.order_by(row.day, row.source, row.asked, row.case_id)
    return [
        Consulted(source=o.source, asked=o.asked, case=o.case_id, day=o.day)
        for o in connection.execute(ordered)
    ]


def enter(connection: Connection, made: StatutoryList) -> None:
    """Insert a list that was made."""
    connection.execute(
        insert(t.statutory_list).values(
            id=made.id,
            paper_id=made.paper,
            agency_id=made.agency,
            first_day=made.first,
            last_day=made.last,
            made_at=made.made_at,
            kept_until=made.kept_until,
        )
    )


def page(connection: Connection, window: Window) -> list[StatutoryList]:
    """Return a page of the lists that the connection may see, the newest first."""
    return [_list(row) for row in page_of(connection, _ALL, window)]


def find(connection: Connection, identifier: UUID) -> StatutoryList | None:
    """Return a list that the connection may see."""
    return _first(connection, _ROW.id == identifier)


def with_paper(connection: Connection, paper: PaperId) -> StatutoryList | None:
    """Return the list whose content is this paper, if the connection may see it."""
    return _first(connection, _ROW.paper_id == paper)


def _first(
    connection: Connection, condition: ColumnElement[bool]
) -> StatutoryList | None:
    row = connection.execute(select(t.statutory_list).where(condition)).first()
    return None if row is None else _list(row)


def _list(row: Any) -> StatutoryList:
    return StatutoryList(
        id=row.id,
        paper=PaperId(row.paper_id),
        agency=AgencyId(row.agency_id),
        first=row.first_day,
        last=row.last_day,
        made_at=row.made_at,
        kept_until=row.kept_until,
    )
