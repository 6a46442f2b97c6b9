"""Findings, honey records, lists, requests, and papers: sealed texts of no case."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import SQLModel

from models.tables.columns import document, instant, text, uid


class FindingRow(SQLModel, table=True):
    """What an auditor found; in clear are agencies, owner, days and words of ours.

    `told_on`: the day on which it was told that the answer is overdue.
    """

    __tablename__ = "finding"
    id: UUID = uid(primary_key=True)
    auditor_id: str = text()
    agency_id: str = text()
    owner_id: str = text()
    entries: list[str] = document()
    state: str = text()
    outcome: str | None = text(nullable=True, default=None)
    opened_on: date
    due_on: date
    told_on: date | None = None
    closed_on: date | None = None
    kept_until: date | None = None


class FindingStepRow(SQLModel, table=True):
    """A step of a finding; its text is the paper."""

    __tablename__ = "finding_step"
    paper_id: UUID = uid(primary_key=True)
    finding_id: UUID = uid(index=True)
    step: str = text()
    agency_id: str = text()
    function: str = text()
    service_number: str = text()
    at: datetime = instant()


class HoneyRow(SQLModel, table=True):
    """An item that nobody has a task with, as auditors of one agency know."""

    __tablename__ = "honey"
    auditor_id: str = text(primary_key=True)
    item_id: UUID = uid(primary_key=True)
    set_at: datetime = instant(primary_key=True)
    lifted_at: datetime | None = instant(nullable=True, default=None)


class StatutoryListRow(SQLModel, table=True):
    """A list of persons processed and databases consulted; its text is the paper."""

    __tablename__ = "statutory_list"
    id: UUID = uid(primary_key=True)
    paper_id: UUID = uid()
    agency_id: str = text()
    first_day: date
    last_day: date
    made_at: datetime = instant()
    kept_until: date


class SubjectRequestRow(SQLModel, table=True):
    """A request of a data subject; who asks is sealed in its first paper.

    `asked_for`: the right. `told_on`: the day on which its DPO was told of the term.
    """

    __tablename__ = "subject_request"
    id: UUID = uid(primary_key=True)
    agency_id: str = text()
    asked_for: str = text()
    regime: str = text()
    state: str = text()
    received_on: date
    due_on: date
    extended: int
    told_on: date | None = None
    outcome: str | None = text(nullable=True, default=None)
    limit_code: str | None = text(nullable=True, default=None)
    closed_on: date | None = None
    kept_until: date | None = None


class SubjectRequestStepRow(SQLModel, table=True):
    """A step of a request of a data subject; its text is the paper."""

    __tablename__ = "subject_request_step"
    paper_id: UUID = uid(primary_key=True)
    request_id: UUID = uid(index=True)
    step: str = text()
    at: datetime = instant()


class PaperRow(SQLModel, table=True):
    """A sealed text; `matter_id` is what it belongs to, in the place of a case."""

    __tablename__ = "paper"
    id: UUID = uid(primary_key=True)
    matter_id: UUID = uid(index=True)
    originator: str = text()
    header: bytes
    ciphertext: bytes
    commitment: bytes
    signature: bytes
    sealed_at: datetime = instant()


class PaperKeyRow(SQLModel, table=True):
    """The key of a paper, wrapped by its originator for one agency."""

    __tablename__ = "paper_key"
    paper_id: UUID = uid(primary_key=True)
    agency_id: str = text(primary_key=True)
    matter_id: UUID = uid(index=True)
    giver: str = text()
    case_key_id: str = text()
    wrapped: bytes
