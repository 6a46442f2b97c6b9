"""Addresses at which calendars of officers ask."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from models.tables.columns import instant, text


class FeedRow(SQLModel, table=True):
    """The address of an officer, known by the hash of a token."""

    __tablename__ = "calendar_feed"
    __table_args__ = (Index("ux_calendar_feed_token", "token", unique=True),)
    officer_id: str = text(
        primary_key=True, foreign_key="officer.id", ondelete="CASCADE"
    )
    token: bytes
    ends_at: datetime = instant()
    seal: bytes
