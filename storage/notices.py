"""Notices to the functions of an agency."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Connection, insert

from models.notices import Notice
from storage import tables as t

_LEAVE = insert(t.notice)


def leave(connection: Connection, notice: Notice) -> None:
    """Leave a notice."""
    values = notice.model_dump(mode="python")
    for name in ("case", "handoff", "deadline", "agency"):
        values[f"{name}_id"] = values.pop(name)
    connection.execute(_LEAVE, {"id": uuid4(), **values})
