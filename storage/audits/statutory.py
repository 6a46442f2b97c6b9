"""Statutory lists, and what they are made of, as the DPO of an agency may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from models.ids import AgencyId, ItemId, PaperId
from models.items import KnownItem
from models.statutory import Consulted, StatutoryList
from storage import items
from storage import tables as t

_ROW = t.statutory_list.c


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


def every(connection: Connection) -> list[StatutoryList]:
    """Return the lists that the connection may see, the newest first."""
    query = select(t.statutory_list).order_by(_ROW.made_at.desc(), _ROW.id)
    return [
        StatutoryList(
            id=row.id,
            paper=PaperId(row.paper_id),
            agency=AgencyId(row.agency_id),
            first=row.first_day,
            last=row.last_day,
            made_at=row.made_at,
            kept_until=row.kept_until,
        )
        for row in connection.execute(query)
    ]


def find(connection: Connection, identifier: UUID) -> StatutoryList | None:
    """Return a list that the connection may see."""
    return next((each for each in every(connection) if each.id == identifier), None)
