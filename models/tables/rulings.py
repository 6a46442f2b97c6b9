"""Rulings, and the texts under which they were given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from models.tables.columns import document, instant, text, uid


class RulingRow(SQLModel, table=True):
    """What policy answered, with all that is needed to ask it again.

    `salt` is that of the commitment in the ledger entry.
    """

    __tablename__ = "ruling"
    id: UUID = uid(primary_key=True)
    act_id: UUID = uid(index=True)
    verdict: str = text()
    policies: list[str] = document()
    errors: list[str] = document()
    digest: str = text()
    engine: str = text()
    facts: dict[str, Any] = document()
    salt: bytes
    at: datetime = instant()


class PolicySetRow(SQLModel, table=True):
    """The sharing policies that a process once started with; written once, kept."""

    __tablename__ = "policy_set"
    digest: str = text(primary_key=True)
    schema_text: str = text()
    policies: dict[str, str] = document()
    engine: str = text()
    first_used: datetime = instant()
