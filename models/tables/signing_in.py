"""Who is signed in on the pages."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import instant, text


class SignedInRow(SQLModel, table=True):
    """An officer in a browser, known by the hash of a token."""

    __tablename__ = "signed_in"
    id: bytes = Field(primary_key=True)
    officer_id: str = text(foreign_key="officer.id", index=True)
    strength: str = text()
    signed_in_at: datetime = instant()
    proven_at: datetime = instant()
    seen_at: datetime = instant()
    ends_at: datetime = instant()
    provider_session: str = text()
    seal: bytes
