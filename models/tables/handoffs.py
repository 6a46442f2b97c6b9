"""Handoffs, where guarded ones stand inside the asked agency, and what both sign."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.tables.columns import instant, text, uid


class HandoffRow(SQLModel, table=True):
    """A question from `asker` to `asked`, with the duty to act on it."""

    __tablename__ = "handoff"
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    route: str = text()
    pack_version: date
    parent_id: UUID | None = uid(nullable=True, default=None)
    kind: str = text()
    source: str = text()
    asker: str = text(index=True)
    asked: str = text(index=True)
    state: str = text()
    version: int
    question_id: UUID = uid()
    purpose: str = text()
    article: str = text()
    offered_at: datetime = instant()
    due_on: date | None = None
    closed_at: datetime | None = instant(nullable=True, default=None)


class GuardedRow(SQLModel, table=True):
    """What only the asked agency knows of a guarded question.

    `act_id` and `prepared_by` are those of the prepared answer.
    """

    __tablename__ = "guarded"
    handoff_id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    agency_id: str = text()
    state: str = text()
    act_id: UUID | None = uid(nullable=True, default=None)
    prepared_by: str | None = text(nullable=True, default=None)


class TwinRow(SQLModel, table=True):
    """One side's word on a change of a hand-off: `word` is missing until it is signed.

    `step` is the version of the hand-off that the change led to; `since` is machine
    time; `alarmed_at` is when it was first found missing.
    """

    __tablename__ = "handoff_twin"
    __table_args__ = (
        Index(
            "ix_handoff_twin_missing",
            *("agency_id", "since"),
            postgresql_where="word is null",
        ),
    )
    handoff_id: UUID = uid(primary_key=True)
    step: int = Field(primary_key=True)
    side: str = text(primary_key=True)
    case_id: UUID = uid(index=True)
    agency_id: str = text()
    change: str = text()
    at: datetime = instant()
    leaf: bytes = Field(index=True)
    acted: bool
    since: datetime = instant()
    word: str | None = text(nullable=True, default=None)
    told_at: datetime | None = instant(nullable=True, default=None)
    refused: str = text()
    alarmed_at: datetime | None = instant(nullable=True, default=None)
