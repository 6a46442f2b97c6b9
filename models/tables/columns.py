"""Column kinds that several tables share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Computed, DateTime, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlmodel import Field


def instant(**options: Any) -> Any:
    """Declare an instant with time zone."""
    return Field(sa_type=DateTime(timezone=True), **options)


def document(**options: Any) -> Any:
    """Declare a JSON document."""
    return Field(sa_type=JSONB(none_as_null=True), **options)


def uid(**options: Any) -> Any:
    """Declare a random identifier."""
    return Field(sa_type=UUID(as_uuid=True), **options)


def text(**options: Any) -> Any:
    """Declare text without length."""
    return Field(sa_type=Text, **options)


def read_out(expression: str, **options: Any) -> Any:
    """Declare a column that the database itself computes from others."""
    return Field(
        nullable=True, sa_column_args=[Computed(expression, persisted=True)], **options
    )


def own_transaction() -> Any:
    """Declare the id of the transaction that wrote the row, as the database says."""
    return Field(
        default=None,
        sa_type=BigInteger,
        sa_column_kwargs={
            "server_default": sql("(pg_current_xact_id()::text::bigint)")
        },
    )
