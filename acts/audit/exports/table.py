"""CSV as RFC 4180 has it, in UTF-8: one row for each entry, under a row of names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from acts.audit.exports.told import Read, Told

_TIMES, _WORDS, _LISTS = "at", "ruling", ("items", "recipients")
COLUMNS = tuple(_WORDS if name == "allowed" else name for name in Told.model_fields)


def table(read: Read) -> Iterator[bytes]:
    """Yield the rows; ids within one cell are apart by a space."""
    yield _line(COLUMNS)
    for each in read():
        yield _line([_cell(each, name) for name in COLUMNS])


def _cell(told: Told, name: str) -> str:
    if name == _TIMES:
        return told.at.isoformat()
    found = getattr(told, name)
    return " ".join(found) if name in _LISTS else str(found)


def _line(cells: list[str] | tuple[str, ...]) -> bytes:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()
