"""Who may not work on a case, who stands in for whom, and who broke the glass."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import SQLModel

from models.tables.columns import instant, text, uid


class ExclusionRow(SQLModel, table=True):
    """A conflict of interest: an officer has no part in a case."""

    __tablename__ = "exclusion"
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    agency_id: str = text()
    officer_id: str = text(index=True)
    ground: str = text()
    from_day: date
    ended_on: date | None = None


class CoverRow(SQLModel, table=True):
    """An officer who stands in for an absent colleague, in one case or in all."""

    __tablename__ = "cover"
    id: UUID = uid(primary_key=True)
    agency_id: str = text()
    absent_id: str = text()
    covering_id: str = text(index=True)
    from_day: date
    until_day: date
    ended_on: date | None = None
    case_id: UUID | None = uid(nullable=True, default=None)


class GlassRow(SQLModel, table=True):
    """An emergency: an officer reads for some hours; open until it was reviewed."""

    __tablename__ = "glass"
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    agency_id: str = text()
    officer_id: str = text(index=True)
    ground: str = text()
    from_at: datetime = instant()
    until_at: datetime = instant()
    outcome: str | None = text(nullable=True, default=None)
    reviewed_on: date | None = None
