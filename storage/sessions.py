"""Transactions that know who acts, or asks: settings that row-level security reads.

Whoever finds nothing hears so on a beat, counted from the question. What is hidden
costs the database a look at its walls, and what never was costs none: some ten
microseconds that nobody shall be able to tell apart.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from models.agencies import Officer
from models.errors import NotFound
from storage import compiled
from storage.engine import transaction
from storage.log import handed

BEAT = 0.05
"""Seconds; far more than any look-up takes."""
_FINDS_NONE = "finds_none"

# Walls make a statement dear to plan and cheap to run: left alone, the database plans
# anew each time what is asked of an array of ids. Columns have names of their own, as
# `compiled` wants them.
_SETTINGS = text(
    "select set_config('app.officer', :officer, true) officer,"
    " set_config('app.agency', :agency, true) agency,"
    " set_config('app.release', :release, true) release,"
    " set_config('app.case', :case, true) about,"
    " set_config('plan_cache_mode', 'force_generic_plan', true) plans"
)

_NODE = text("select set_config('app.node', :agency, true)")


@dataclass(frozen=True)
class Acting:
    """Who acts, and which release is being redeemed; the day is the database's own.

    `about` is the one case that a transaction is about, if it is about one: namings for
    others are not looked at. `keep` is handed the leaves of what was written, once it
    is committed.
    """

    officer: Officer
    release: UUID | None = None
    about: UUID | None = None
    keep: Callable[[Sequence[bytes]], None] | None = None


@contextmanager
def acting(engine: Engine, who: Acting) -> Iterator[Connection]:
    """Run one transaction in the name of an officer; settings end with it.

    It ends once the receipts of its entries are kept, so nothing is shown before; on
    the beat if it was said to find none.

    Raises:
        NotFound: as raised inside, on the beat, when the connection is given back.
        Unavailable: the receipts cannot be kept.
    """
    began = time.monotonic()
    with on_the_beat(), transaction(engine) as connection:
        compiled.execute(
            connection,
            _SETTINGS,
            {
                "officer": who.officer.id,
                "agency": who.officer.agency,
                "release": str(who.release or ""),
                "case": str(who.about or ""),
            },
        )
        leaves = handed.collect(connection)
        yield connection
    if who.keep and leaves:
        who.keep(leaves)
    if _FINDS_NONE in connection.get_execution_options():
        _wait(began)


def finds_none(connection: Connection) -> None:
    """Let a transaction end on the beat that answers without what was asked about.

    For who names a row of which nobody shall be able to tell that it is hidden, and is
    answered all the same.
    """
    connection.execution_options(**{_FINDS_NONE: True})


@contextmanager
def serving(engine: Engine, agency: str) -> Iterator[Connection]:
    """Run one transaction for the node of an agency; the setting ends with it."""
    with transaction(engine) as connection:
        connection.execute(_NODE, {"agency": agency})
        yield connection


@contextmanager
def on_the_beat() -> Iterator[None]:
    """Let "there is none" leave a whole number of beats after it was asked."""
    began = time.monotonic()
    try:
        yield
    except NotFound:
        _wait(began)
        raise


@contextmanager
def always_on_the_beat() -> Iterator[None]:
    """Let any answer leave a whole number of beats after it was asked.

    For questions about something that hidden rows share with those that are shown.
    """
    began = time.monotonic()
    try:
        yield
    finally:
        _wait(began)


def rest_of_beat(began: float) -> float:
    """Return how many seconds are left to a whole number of beats since `began`.

    For who waits without a thread; `began` is what `time.monotonic` said.
    """
    return BEAT - (time.monotonic() - began) % BEAT


def _wait(began: float) -> None:
    """Sleep until a whole number of beats has passed."""
    time.sleep(rest_of_beat(began))
