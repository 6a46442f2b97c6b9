"""The shapes every value of ours has: frozen values and frozen messages."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Hash = Annotated[bytes, Field(min_length=32, max_length=32)]


class Value(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Message(BaseModel):
    """A frozen message that crosses a process boundary.

    Changes are additive only, with defaults: a message written by the previous
    release must still be read.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")


class LinkMessage(Message):
    """A message in which bytes are written in base64url."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


MOST = 1_000
"""More than any file holds; keeps a hostile message from exhausting the record."""
