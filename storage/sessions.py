"""Transactions that know who acts: the settings that row-level security reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from models.agencies import Officer
from storage.engine import transaction

_SETTINGS = text(
    "select set_config('app.officer', :officer, true),"
    " set_config('app.agency', :agency, true),"
    " set_config('app.day', :day, true),"
    " set_config('app.at', :at, true),"
    " set_config('app.release', :release, true)"
)


@dataclass(frozen=True)
class Acting:
    """Who acts, on which legal day, and which release is being redeemed.

    `at` is the legal instant; without it nothing is seen that is open for hours only.
    """

    officer: Officer
    day: date
    at: datetime | None = None
    release: UUID | None = None


@contextmanager
def acting(engine: Engine, who: Acting) -> Iterator[Connection]:
    """Run one transaction in the name of an officer; settings end with it."""
    with transaction(engine) as connection:
        connection.execute(
            _SETTINGS,
            {
                "officer": who.officer.id,
                "agency": who.officer.agency,
                "day": who.day.isoformat(),
                "at": who.at.isoformat() if who.at else "",
                "release": str(who.release or ""),
            },
        )
        yield connection
