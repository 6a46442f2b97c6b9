"""Hearings, decisions and appeals: procedure and dates, the texts are items."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import SQLModel

from models.tables.columns import document, instant, text, uid


class HearingRow(SQLModel, table=True):
    """An invitation and what came of it (119ter §13)."""

    __tablename__ = "hearing"
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    mode: str = text()
    presented_on: date
    hearing_on: date
    invitation_id: UUID = uid()
    proof_id: UUID = uid()
    attendance: str | None = text(nullable=True, default=None)
    arguments: int | None = None
    minutes_id: UUID | None = uid(nullable=True, default=None)


class DecisionRow(SQLModel, table=True):
    """A proposal of the mayor and what the college made of it (119ter §8-9)."""

    __tablename__ = "decision"
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    state: str = text()
    outcome: str = text()
    proposed_by: str = text()
    months: int | None = None
    lifting_conditions: bool = False
    grounds: list[dict[str, Any]] = document()
    answered: list[int] = document()
    proposal_id: UUID = uid()
    text_id: UUID | None = uid(nullable=True, default=None)
    adopted_on: date | None = None
    notified_on: date | None = None
    notified_mode: str | None = text(nullable=True, default=None)
    filed_on: date | None = None
    no_appeal_on: date | None = None


class AppealRow(SQLModel, table=True):
    """An appeal to the Council of State."""

    __tablename__ = "appeal"
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    decision_id: UUID = uid()
    lodged_on: date
    extreme_urgency: bool
    result: str | None = text(nullable=True, default=None)
    ruled_on: date | None = None


class RegisterRow(SQLModel, table=True):
    """A measure entered in the central register (L24 14, 16).

    `entered_at` is when it counts as entered, in legal time.
    """

    __tablename__ = "register_entry"
    __table_args__ = (Index("ix_register_entry_keeper", "keeper", "entered_at", "id"),)
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    commune: str = text()
    keeper: str = text()
    filing_id: UUID = uid(index=True)
    measure: str = text()
    decided_on: date
    entered_at: datetime = instant()
