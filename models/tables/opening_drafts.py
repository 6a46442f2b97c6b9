"""Openings that were begun and are not finished."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import SQLModel

from models.tables.columns import instant, text, uid


class OpeningDraftRow(SQLModel, table=True):
    """What an officer typed so far, sealed, with the wrap of the own agency."""

    __tablename__ = "opening_draft"
    id: UUID = uid(primary_key=True)
    agency_id: str = text()
    officer_id: str = text(foreign_key="officer.id", index=True)
    route: str = text()
    header: bytes
    ciphertext: bytes
    commitment: bytes
    signature: bytes
    case_key_id: str = text()
    wrapped: bytes
    saved_at: datetime = instant()
    kept_until: date
