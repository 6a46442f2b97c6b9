"""The trail: staged entries, the ordered log, checkpoints and salts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, SmallInteger
from sqlmodel import Field, SQLModel

from models.tables.columns import instant, text, uid


class StagedEntryRow(SQLModel, table=True):
    """An entry written by the act's own transaction, not yet ordered."""

    __tablename__ = "ledger_staging"
    id: UUID = uid(primary_key=True)
    body: bytes
    leaf: bytes
    staged_at: datetime = instant()


class EntryRow(SQLModel, table=True):
    """An ordered entry."""

    __tablename__ = "ledger_entry"
    seq: int = Field(sa_type=BigInteger, primary_key=True)
    body: bytes
    leaf: bytes


class TileHashRow(SQLModel, table=True):
    """A hash of a tile above level 0: the root of full tile `place` one level below.

    The hashes of level 0 are the leaves of entries.
    """

    __tablename__ = "ledger_tile_hash"
    level: int = Field(sa_type=SmallInteger, primary_key=True)
    place: int = Field(sa_type=BigInteger, primary_key=True)
    hash: bytes


class CheckpointRow(SQLModel, table=True):
    """A signed tree head, and the compact range to go on from."""

    __tablename__ = "ledger_checkpoint"
    size: int = Field(sa_type=BigInteger, primary_key=True)
    root: bytes
    note: str = text()
    frontier: bytes
    at: datetime = instant()


class SaltRow(SQLModel, table=True):
    """The salt of a commitment; destroying it makes the entry anonymous."""

    __tablename__ = "ledger_salt"
    leaf: bytes = Field(primary_key=True)
    kind: str = text(primary_key=True)
    case_id: UUID | None = uid(nullable=True, default=None)
    salt: bytes
