"""What officers were shown: pages of lists, and to whom which item was released."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from models.tables.columns import document, instant, text, uid


class PageRow(SQLModel, table=True):
    """What one page showed, by identifiers; its entry commits to it."""

    __tablename__ = "list_page"
    entry_id: UUID = uid(primary_key=True)
    salt: bytes
    shown: dict[str, Any] = document()


class SightingRow(SQLModel, table=True):
    """To whom an item was released: an index over entries and pages, no more.

    `kind` is that of the entry: opened, or shown in a list. `inside` is the guarded
    question for which the asked agency opened it, while no answer had left.
    """

    __tablename__ = "sighting"
    item_id: UUID = uid(primary_key=True)
    entry_id: UUID = uid(primary_key=True, index=True)
    case_id: UUID = uid()
    originator: str = text()
    agency_id: str = text()
    officer_id: str = text()
    function: str = text()
    service_number: str = text()
    kind: str = text()
    at: datetime = instant()
    inside: UUID | None = uid(nullable=True, default=None)
