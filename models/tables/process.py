"""Intents, retention, node orders and the demo's clock."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from models.tables.columns import document, instant, text, uid


class IntentRow(SQLModel, table=True):
    """An act staged by `acts`; the record step takes everything from here.

    `state`: staged, recorded or refused. `settled_at`: the process confirmed it.
    """

    __tablename__ = "intent"
    act_id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    kind: str = text()
    officer_id: str = text()
    agency_id: str = text()
    purpose: str = text()
    message: dict[str, Any] = document()
    asked: bytes
    stored_at: datetime = instant(sa_column_kwargs={"server_default": sql("now()")})
    legal_at: datetime = instant(
        sa_column_kwargs={"server_default": sql("legal_now()")}
    )
    state: str = text()
    outcome: dict[str, Any] | None = document(nullable=True, default=None)
    settled_at: datetime | None = instant(nullable=True, default=None)
    # The relay looks every two seconds, and most intents were settled long ago.
    __table_args__ = (
        Index(
            "ix_intent_unsettled",
            "stored_at",
            postgresql_where=sql("settled_at is null"),
        ),
    )


class AlarmRow(SQLModel, table=True):
    """An alarm that rang: the idempotency key of clock acts."""

    __tablename__ = "alarm"
    deadline_id: UUID = uid(primary_key=True)
    kind: str = text(primary_key=True)
    at: datetime = instant(primary_key=True)
    outcome: dict[str, Any] = document()


class RetentionRow(SQLModel, table=True):
    """Data of one agency in one case that must be destroyed on a day."""

    __tablename__ = "retention_due"
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    agency_id: str = text()
    scope: str = text()
    rule: str = text()
    due_on: date
    state: str = text()
    destroyed_on: date | None = None


class NodeOrderRow(SQLModel, table=True):
    """Work for an agency's node: destroy the keys of a scope, or give an item back."""

    __tablename__ = "node_order"
    id: UUID = uid(primary_key=True)
    agency_id: str = text()
    case_id: UUID = uid()
    kind: str = text()
    scope: str = text()
    holder: str = text()
    item_id: UUID | None = uid(nullable=True, default=None, index=True)
    state: str = text()
    receipt: dict[str, Any] | None = document(nullable=True, default=None)
    ordered_at: datetime = instant()
    done_at: datetime | None = instant(nullable=True, default=None)
    # Why an item was taken back.
    ground: str | None = text(nullable=True, default=None)
    # The receipt met a term, and the process of the case has not heard of it.
    untold: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    # Nodes look twice a second, and most orders were carried out long ago.
    __table_args__ = (
        Index(
            "ix_node_order_open", "agency_id", postgresql_where=sql("state = 'open'")
        ),
        Index("ix_node_order_untold", "case_id", postgresql_where=sql("untold")),
    )


class DemoClockRow(SQLModel, table=True):
    """The demo's mapping of machine time to legal time; no row means identity."""

    __tablename__ = "demo_clock"
    id: int = Field(default=1, primary_key=True)
    machine_anchor: datetime = instant()
    legal_anchor: datetime = instant()
    pace: int
    machine_until: datetime = instant()
