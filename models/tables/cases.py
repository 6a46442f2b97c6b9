"""A case as the record knows it: procedure only, never content."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from models.tables.columns import document, instant, text, uid


class CaseRow(SQLModel, table=True):
    """One case. `version` rises with every recorded change (compare-and-set).

    `next_due`: the first last day of a term that binds its agency, else `date.max`;
    `next_clock`: the clock of that term; none if it is of an item, which not everybody
    who sees the case may know. `appeal_open`: an appeal is pending, or may
    be without being known here yet.
    """

    __tablename__ = "case_file"
    id: UUID = uid(primary_key=True)
    route: str = text()
    pack_version: date
    pack_digest: str = text()
    agency_id: str = text()
    stage: str = text()
    version: int
    activity: str = text()
    permit_regime: bool
    opened_on: date
    closed_on: date | None = None
    outcome: str | None = text(nullable=True, default=None)
    next_due: date = date.max
    next_clock: str | None = text(nullable=True, default=None)
    appeal_open: bool = Field(
        default=False, sa_column_kwargs={"server_default": sql("false")}
    )
    secrecy: str = text()
    # Lists of a whole agency are read in this order, whatever else there is.
    __table_args__ = (
        Index("ix_case_file_due", "agency_id", "next_due", "id"),
        Index("ix_case_file_stage", "agency_id", "stage", "next_due", "id"),
    )


class ExistenceRow(SQLModel, table=True):
    """What one kind of agency outside may be told of a case; without a row, nothing.

    `route` and `stage` are there only where the mode tells them.
    """

    __tablename__ = "existence"
    case_id: UUID = uid(primary_key=True)
    told: str = text(primary_key=True)
    mode: str = text()
    agency_id: str = text()
    contact: str = text()
    route: str | None = text(nullable=True, default=None)
    pack_version: date | None = None
    stage: str | None = text(nullable=True, default=None)


class DesignationRow(SQLModel, table=True):
    """The dated naming of an officer for a case, or for one handoff of it.

    `until_day` is its last day; on `ended_on` it holds no more.
    """

    __tablename__ = "designation"
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    handoff_id: UUID | None = uid(nullable=True, default=None)
    agency_id: str = text()
    officer_id: str = text(index=True)
    from_day: date
    until_day: date | None = None
    ended_on: date | None = None


class DeadlineRow(SQLModel, table=True):
    """A statutory or agreed term, with the counting that led to it."""

    __tablename__ = "deadline"
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    handoff_id: UUID | None = uid(nullable=True, default=None)
    item_id: UUID | None = uid(nullable=True, default=None)
    agency_id: str = text()
    clock: str = text()
    state: str = text()
    started_on: date
    due_on: date
    ends_at: datetime = instant()
    extended: int = 0
    counting: dict[str, Any] = document()


class TimelineRow(SQLModel, table=True):
    """One line of a case's story, with the receipt of its ledger entry.

    `on_behalf_of` is the service number of the absent officer, or empty. A line that
    is `inside` is for the agency whose act it was, and for nobody else.
    """

    __tablename__ = "timeline"
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    handoff_id: UUID | None = uid(nullable=True, default=None)
    kind: str = text()
    agency_id: str = text()
    function: str = text()
    service_number: str = text()
    on_behalf_of: str = text()
    article: str = text()
    detail: str = text()
    at: datetime = instant()
    recorded_at: datetime = instant()
    receipt: str = text()
    inside: bool


class NoticeRow(SQLModel, table=True):
    """A notice to a function of an agency; carries no content."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_unposted", "id", postgresql_where=sql("posted_at is null")),
    )
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid()
    handoff_id: UUID | None = uid(nullable=True, default=None)
    deadline_id: UUID | None = uid(nullable=True, default=None)
    agency_id: str = text(index=True)
    function: str = text()
    kind: str = text()
    clock: str = text()
    detail: str = text()
    due_on: date | None = None
    at: datetime = instant()
    posted_at: datetime | None = instant(nullable=True, default=None)
