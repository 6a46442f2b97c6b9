"""Requests to an originator to let an item go on, and what it grants."""

from uuid import UUID

from sqlmodel import SQLModel

from models.tables.columns import text, uid


class ReleaseRequestRow(SQLModel, table=True):
    """What a handoff of the kind `release` asks: this item, for this agency.

    `serves_id` is the question between asker and recipient that the item serves, and
    `article` the basis of that question.
    """

    __tablename__ = "release_request"
    handoff_id: UUID = uid(primary_key=True)
    case_id: UUID = uid()
    item_id: UUID = uid(index=True)
    recipient: str = text()
    serves_id: UUID = uid()
    article: str = text()


class StagedWrapRow(SQLModel, table=True):
    """The key of an item that is live, wrapped for one more agency by a staged act."""

    __tablename__ = "staged_wrap"
    act_id: UUID = uid(primary_key=True)
    item_id: UUID = uid()
    agency_id: str = text()
    giver: str = text()
    scope: str = text()
    case_key_id: str = text()
    wrapped: bytes
