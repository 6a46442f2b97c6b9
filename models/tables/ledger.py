"""The trail: staged entries, the ordered log, checkpoints and salts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UUID as SQL_UUID
from sqlalchemy import BigInteger, Index, SmallInteger, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.tables.columns import instant, own_transaction, read_out, text, uid


class StagedEntryRow(SQLModel, table=True):
    """An entry written by the act's own transaction, not yet ordered."""

    __tablename__ = "ledger_staging"
    id: UUID = uid(primary_key=True)
    body: bytes
    leaf: bytes
    staged_at: datetime = instant()
    txid: int | None = own_transaction()


class RefusedEntryRow(SQLModel, table=True):
    """What was staged and the integrator would not order, with the reason."""

    __tablename__ = "ledger_refused"
    leaf: bytes = Field(primary_key=True)
    body: bytes
    reason: str = text()
    at: datetime = instant()


class EntryRow(SQLModel, table=True):
    """An ordered entry; all after `leaf` is read out of `body` by the database."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index(
            "ix_ledger_entry_item_ids",
            "item_ids",
            postgresql_using="gin",
            postgresql_ops={"item_ids": "jsonb_path_ops"},
            postgresql_with={"fastupdate": "off"},
        ),
    )
    seq: int = Field(sa_type=BigInteger, primary_key=True)
    body: bytes
    leaf: bytes = Field(index=True)
    entry_id: UUID = read_out(
        "(said(body)->>'id')::uuid", sa_type=SQL_UUID, index=True, unique=True
    )
    act_id: UUID = read_out("(said(body)->>'act')::uuid", sa_type=SQL_UUID, index=True)
    case_id: UUID = read_out(
        "(said(body)->>'case')::uuid", sa_type=SQL_UUID, index=True
    )
    agency_id: str = read_out("said(body)->>'agency'", sa_type=Text)
    kind: str = read_out("said(body)->>'kind'", sa_type=Text)
    day: str = read_out("left(said(body)->>'at', 10)", sa_type=Text, index=True)
    item_ids: list[str] = read_out("said(body)->'items'", sa_type=JSONB)


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


class TimestampRow(SQLModel, table=True):
    """A day's timestamp of one checkpoint: the reply of the authority (RFC 3161)."""

    __tablename__ = "ledger_timestamp"
    day: date = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    reply: bytes
    at: datetime = instant()


class WitnessRow(SQLModel, table=True):
    """What an agency's witness holds: the latest checkpoint that it saw.

    `key` is its public key, as of its first cosignature; `answered` is the last offer
    that it answered.
    """

    __tablename__ = "witness"
    agency_id: str = text(primary_key=True, foreign_key="agency.id")
    key: bytes | None
    seen: str = text()
    answered: UUID = uid()
    refused: str = text()
    at: datetime = instant()


class WitnessOfferRow(SQLModel, table=True):
    """The checkpoint that an agency's witness is asked to cosign, and the proof."""

    __tablename__ = "witness_offer"
    agency_id: str = text(primary_key=True, foreign_key="agency.id")
    id: UUID = uid()
    note: str = text()
    proof: bytes
    at: datetime = instant()


class CosignatureRow(SQLModel, table=True):
    """A witness's signature line for the checkpoint of a size."""

    __tablename__ = "cosignature"
    size: int = Field(sa_type=BigInteger, primary_key=True)
    agency_id: str = text(primary_key=True, foreign_key="agency.id")
    line: str = text()
    at: datetime = instant()


class ContradictionRow(SQLModel, table=True):
    """Two checkpoints, both signed by the ledger, that cannot both be true."""

    __tablename__ = "contradiction"
    id: UUID = uid(primary_key=True)
    agency_id: str = text(foreign_key="agency.id")
    seen: str = text()
    held: str = text()
    at: datetime = instant()


class NodeAlarmRow(SQLModel, table=True):
    """What an agency's node raised the alarm about; `leaf` may be empty."""

    __tablename__ = "node_alarm"
    agency_id: str = text(primary_key=True, foreign_key="agency.id")
    kind: str = text(primary_key=True)
    leaf: bytes = Field(primary_key=True)
    since: datetime = instant(primary_key=True)
    told_at: datetime = instant()
    over_at: datetime | None = instant(nullable=True, default=None)


class InUseRow(SQLModel, table=True):
    """What the log said last of something that is in use; what differs is an entry."""

    __tablename__ = "in_use"
    agency_id: str = text(primary_key=True)
    kind: str = text(primary_key=True)
    name: str = text(primary_key=True)
    value: str = text()


class SaltRow(SQLModel, table=True):
    """The officer behind a commitment; destroying it makes the entry anonymous."""

    __tablename__ = "ledger_salt"
    leaf: bytes = Field(primary_key=True)
    kind: str = text(primary_key=True)
    case_id: UUID | None = uid(nullable=True, default=None)
    officer_id: str = text(index=True)
    salt: bytes


class SubjectSaltRow(SQLModel, table=True):
    """The sealed item behind a commitment; it dies with its agency's copy of the item.

    `seal` is the originator's signature over the item, in hex; `agency_id` the agency
    of the entry.
    """

    __tablename__ = "subject_salt"
    leaf: bytes = Field(primary_key=True)
    item_id: UUID = uid(primary_key=True, index=True)
    case_id: UUID | None = uid(nullable=True, default=None)
    agency_id: str = text()
    seal: str = text()
    salt: bytes


class TombstoneRow(SQLModel, table=True):
    """What stands in the place of a part of an entry that was erased.

    `erasure` is the id of the entry that says so; `place` the part's number among all
    that were erased with it.
    """

    __tablename__ = "tombstone"
    __table_args__ = (Index("ix_tombstone_erasure", "erasure", "place"),)
    leaf: bytes = Field(primary_key=True)
    part: str = text(primary_key=True, index=True)
    erasure: UUID = uid()
    place: int
    erased_on: date
