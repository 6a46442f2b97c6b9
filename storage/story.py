"""The story of a case: one line for each entry that tells of it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import uuid4

from models.events import Entry
from storage import tables as t
from storage.writing import Rows


class Signed(NamedTuple):
    """Under which number something was done, in whose place, and for whose eyes."""

    service_number: str = ""
    on_behalf_of: str = ""
    inside: bool = False


UNSIGNED = Signed()


def write_line(
    rows: Rows, entry: Entry, receipt: str, signed: Signed = UNSIGNED
) -> None:
    """Gather the line of an entry for the story of its case."""
    values = {
        "id": uuid4(),
        "case_id": entry.case,
        "handoff_id": entry.handoff,
        "kind": entry.kind,
        "agency_id": entry.agency,
        "function": entry.function,
        "service_number": signed.service_number,
        "on_behalf_of": signed.on_behalf_of,
        "article": entry.article,
        "detail": entry.detail,
        "at": entry.at,
        "recorded_at": entry.recorded_at,
        "receipt": receipt,
        "inside": signed.inside,
    }
    rows.add(t.timeline, values)
