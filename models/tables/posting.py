"""Ways by which officers hear of notices, what was sent by them, and what was seen."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from models.tables.columns import instant, text, uid


class WayRow(SQLModel, table=True):
    """One way of one officer."""

    __tablename__ = "notice_way"
    id: UUID = uid(primary_key=True)
    officer_id: str = text(foreign_key="officer.id", index=True)
    kind: str = text()
    address: str = text()
    language: str = text()


class ParcelRow(SQLModel, table=True):
    """One notice by one way."""

    __tablename__ = "notice_parcel"
    __table_args__ = (
        Index("ux_notice_parcel_notice_way", "notice_id", "way_id", unique=True),
        Index("ix_notice_parcel_way_id", "way_id"),
        Index(
            "ix_notice_parcel_next_at",
            "next_at",
            postgresql_where=sql("state = 'waiting'"),
        ),
    )
    id: UUID = uid(primary_key=True)
    notice_id: UUID = uid(foreign_key="notice.id", ondelete="CASCADE")
    way_id: UUID = uid(foreign_key="notice_way.id", ondelete="CASCADE")
    state: str = text()
    attempts: int
    next_at: datetime = instant()
    sent_at: datetime | None = instant(nullable=True, default=None)
    fault: str = text()


class SeenRow(SQLModel, table=True):
    """Until when an officer has seen notices, in legal time."""

    __tablename__ = "notice_seen"
    officer_id: str = text(primary_key=True, foreign_key="officer.id")
    until: datetime = instant()
