"""Holding rows against entries: what both say, and that it is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from models.errors import EntryAltered

Said = dict[str, Any]
"""What an entry says, decoded; `leaf` is its leaf."""

Facts = tuple[object, ...]
"""What a row and its entry must both say; the first is an id."""


def said_by(facts: Callable[[Said], Facts], entries: Iterable[Said]) -> Iterator[Facts]:
    """Yield the facts of entries; one that lacks some, no program of ours wrote."""
    for said in entries:
        try:
            yield facts(said)
        except (LookupError, TypeError, ValueError) as error:
            raise EntryAltered(
                f"entry `{said.get('id')}` is called `{said['kind']}`, and lacks what"
                " such an entry says",
                help="somebody wrote past the program: read it with `estafette audit"
                " trail --kind`",
            ) from error


def require_same(what: str, stored: Iterable[Facts], said: Iterable[Facts]) -> int:
    """Check that rows are exactly what entries say; each begins with an id."""
    rows = set(stored)
    for different in sorted(rows ^ set(said), key=str):
        raise altered(what, different[0])
    return len(rows)


def rows_of(
    record: Connection, columns: Sequence[Any], *which: ColumnElement[bool]
) -> Iterator[Facts]:
    """Yield columns of rows, ids as entries write them."""
    for row in record.execute(select(*columns).where(*which)):
        yield tuple(str(each) if isinstance(each, UUID) else each for each in row)


def is_day_of(said: Said, day: date) -> bool:
    """Tell whether an entry was written on a day, or on the next one a moment later."""
    return 0 <= (date.fromisoformat(said["at"][:10]) - day).days <= 1


def instant_of(said: Said) -> datetime:
    """Return when what an entry says happened."""
    return datetime.fromisoformat(said["at"])


def altered(what: str, which: object) -> EntryAltered:
    """Return the one error for a row and entries that do not say the same."""
    return EntryAltered(
        f"{what} `{which}` is not what entries say",
        help="read them with `estafette audit trail --item`: somebody wrote past the"
        " program",
    )
