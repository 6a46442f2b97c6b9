"""Handoffs between agencies, and where guarded ones stand inside the asked one."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import SQLModel

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
