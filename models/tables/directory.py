"""Agencies and officers."""

from typing import Any

from sqlalchemy import LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from models.tables.columns import document, text


class AgencyRow(SQLModel, table=True):
    """A participating body, its certificates and its statement of a delivery key."""

    __tablename__ = "agency"
    id: str = text(primary_key=True)
    kind: str = text(index=True)
    name: dict[str, Any] = document()
    certificates: list[bytes] = Field(sa_type=ARRAY(LargeBinary))
    statement: bytes


class OfficerRow(SQLModel, table=True):
    """A named officer of one agency."""

    __tablename__ = "officer"
    id: str = text(primary_key=True)
    agency_id: str = text(foreign_key="agency.id")
    functions: list[str] = Field(sa_type=ARRAY(Text))
    service_number: str = text()


class OversightRow(SQLModel, table=True):
    """A body whose auditors watch over another one, and under which article."""

    __tablename__ = "oversight"
    auditor_id: str = text(primary_key=True, foreign_key="agency.id")
    agency_id: str = text(primary_key=True, foreign_key="agency.id")
    article: str = text()
