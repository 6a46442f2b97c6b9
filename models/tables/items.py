"""Sealed items, their wrapped keys, releases and key deliveries."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import instant, own_transaction, text, uid


class ItemRow(SQLModel, table=True):
    """The description of a sealed item; it outlives its erased body.

    `sealed_at` is when it was sealed and staged, by the machine's clock: at that
    instant the originator's certificate must have held.
    """

    __tablename__ = "item"
    id: UUID = uid(primary_key=True)
    case_id: UUID = uid(index=True)
    act_id: UUID = uid(index=True)
    handoff_id: UUID | None = uid(nullable=True, default=None)
    originator: str = text()
    state: str = text()
    added_on: date
    header: bytes
    commitment: bytes
    signature: bytes
    sealed_at: datetime = instant()


class ItemBodyRow(SQLModel, table=True):
    """The ciphertext of an item; deleted when it is erased."""

    __tablename__ = "item_body"
    item_id: UUID = uid(primary_key=True)
    ciphertext: bytes


class ItemKeyRow(SQLModel, table=True):
    """The key of an item, wrapped for one agency: that agency is in its audience."""

    __tablename__ = "item_key"
    item_id: UUID = uid(primary_key=True)
    agency_id: str = text(primary_key=True)
    giver: str = text()
    scope: str = text()
    case_key_id: str = text()
    wrapped: bytes


class NumberTokenRow(SQLModel, table=True):
    """A number in an item, as a keyed token of one agency; no other has the same."""

    __tablename__ = "number_token"
    __table_args__ = (Index("ix_number_token_token", "agency_id", "token"),)
    item_id: UUID = uid(primary_key=True)
    agency_id: str = text(primary_key=True)
    token: bytes = Field(primary_key=True)
    case_id: UUID = uid(index=True)


class AudienceRow(SQLModel, table=True):
    """Who may be shown an item, without its key; written with the key.

    `handoff_id`: the question for which this agency has it, if another than the item's.
    """

    __tablename__ = "audience"
    item_id: UUID = uid(primary_key=True)
    agency_id: str = text(primary_key=True)
    case_id: UUID = uid(index=True)
    originator: str = text()
    handoff_id: UUID | None = uid(nullable=True, default=None)
    scope: str = text()


class KeyDeliveryRow(SQLModel, table=True):
    """A case key on its way to the receiver's node (HPKE).

    Not `live`: no recorded act uses the key, so its receiver must not hear of it.
    `broken`: it does not open for its receiver; the giver has to deliver again.
    """

    __tablename__ = "key_delivery"
    case_key_id: str = text(primary_key=True)
    case_id: UUID = uid(index=True)
    giver: str = text()
    receiver: str = text(index=True)
    scope: str = text()
    epoch: int
    sealed_key: bytes
    act_id: UUID = uid()
    live: bool
    broken: bool


class ReleaseRow(SQLModel, table=True):
    """A committed promise that an item may be handed to a reader.

    A page is released at once, so `id` is that of several items; `entry_id` is of the
    entry that names this one, and no other release has it. A paper has no ruling: the
    wall around it decides.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("entry_id", "item_id"),)
    id: UUID = uid(primary_key=True)
    item_id: UUID = uid(primary_key=True, index=True)
    agency_id: str = text()
    officer_id: str = text()
    purpose: str = text()
    ruling_id: UUID | None = uid(nullable=True, default=None)
    entry_id: UUID = uid()
    at: datetime = instant()
    txid: int | None = own_transaction()
