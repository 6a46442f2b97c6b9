"""The two shapes every value of ours has: frozen values and frozen messages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Message(BaseModel):
    """A frozen message that crosses a process boundary.

    Changes are additive only, with defaults: a message written by the previous
    release must still be read.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")


MOST = 1_000
"""More than any file holds; keeps a hostile message from exhausting the record."""
