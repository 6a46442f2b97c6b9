"""Legal time: machine time in production, a clock that can be moved in the demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, select
from sqlalchemy.dialects.postgresql import insert

from models.clock import BRUSSELS, LegalClock, legal_day
from models.errors import Conflict, InvalidInput
from runtime.settings import Settings
from storage import tables as t
from storage.engine import transaction


class SystemClock:
    """Legal time is machine time."""

    def now(self) -> datetime:
        """See `LegalClock.now`."""
        return datetime.now(BRUSSELS)

    def legal(self, machine: datetime) -> datetime:
        """See `LegalClock.legal`."""
        return machine.astimezone(BRUSSELS)

    def machine(self, legal: datetime) -> datetime:
        """See `LegalClock.machine`."""
        return legal.astimezone(UTC)


@dataclass(frozen=True)
class Run:
    """Legal time runs `pace` times as fast from one machine instant to another.

    Before and after, it passes like machine time.
    """

    machine_anchor: datetime
    legal_anchor: datetime
    pace: int
    machine_until: datetime

    def legal(self, machine: datetime) -> datetime:
        """Map a machine instant to legal time."""
        passed = _utc(machine) - _utc(self.machine_anchor)
        fast = _within(passed, self._machine_span)
        slow = passed - fast
        legal = _utc(self.legal_anchor) + fast * self.pace + slow
        return legal.astimezone(BRUSSELS)

    def machine(self, legal: datetime) -> datetime:
        """Map a legal instant to machine time."""
        passed = _utc(legal) - _utc(self.legal_anchor)
        fast = _within(passed, self._machine_span * self.pace)
        slow = passed - fast
        return _utc(self.machine_anchor) + fast / self.pace + slow

    @property
    def _machine_span(self) -> timedelta:
        return _utc(self.machine_until) - _utc(self.machine_anchor)


class DemoClock:
    """A clock that everybody shares through one row of the database."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    def now(self) -> datetime:
        """See `LegalClock.now`."""
        return self.legal(datetime.now(UTC))

    def legal(self, machine: datetime) -> datetime:
        """See `LegalClock.legal`."""
        return self._run().legal(machine)

    def machine(self, legal: datetime) -> datetime:
        """See `LegalClock.machine`."""
        return self._run().machine(legal)

    def set(self, legal: datetime) -> None:
        """Let legal time be `legal` now, and pass like machine time from here on."""
        with transaction(self._database) as connection:
            _write(connection, Run(_now(), legal, 1, _now()))

    def is_set(self) -> bool:
        """Tell whether legal time was ever set."""
        with transaction(self._database) as connection:
            return _read(connection) is not None

    def advance(self, ahead: timedelta | date, *, seconds: float) -> datetime:
        """Let legal time run ahead, by a span or to a day, within machine `seconds`.

        How far a day is away is counted when nobody else can move the clock any more.

        Returns:
            The machine instant at which it gets there.

        Raises:
            InvalidInput: time does not run backwards.
            Conflict: it runs ahead already; nobody's days are lost or come twice.
        """
        with transaction(self._database) as connection:
            before = _locked(connection)
            start = _now()
            if start < before.machine_until:
                raise Conflict(
                    "days are passing already", help="look again in a few seconds"
                )
            legal = before.legal(start)
            span = _span(legal, ahead)
            pace = max(1, round(span.total_seconds() / seconds))
            until = start + span / pace
            _write(connection, Run(start, legal, pace, until))
        return until

    def _run(self) -> Run:
        with transaction(self._database) as connection:
            run = _read(connection)
        return run or Run(_now(), _now(), 1, _now())


def clock_for(settings: Settings, database: Engine) -> LegalClock:
    """Return the clock of this installation; only a demo has one that can be moved."""
    return SystemClock() if settings.production else DemoClock(database)


def _span(legal: datetime, ahead: timedelta | date) -> timedelta:
    span = ahead if isinstance(ahead, timedelta) else ahead - legal_day(legal)
    if span <= timedelta():
        raise InvalidInput("time only moves forward", help="give one day or more")
    return span


def _read(connection: Connection) -> Run | None:
    row = connection.execute(select(t.demo_clock)).first()
    return None if row is None else _run_of(row)


def _locked(connection: Connection) -> Run:
    """Return the run, which nobody else can move before this transaction has ended.

    Where there is none yet there is no row to wait for, so it is written first.
    """
    still = Run(_now(), _now(), 1, _now())
    row = insert(t.demo_clock).values(id=1, **vars(still))
    connection.execute(row.on_conflict_do_nothing())
    return _run_of(connection.execute(select(t.demo_clock).with_for_update()).one())


def _run_of(row: Row[Any]) -> Run:
    return Run(row.machine_anchor, row.legal_anchor, row.pace, row.machine_until)


def _write(connection: Connection, run: Run) -> None:
    row = insert(t.demo_clock).values(id=1, **vars(run))
    over = row.on_conflict_do_update(index_elements=["id"], set_=vars(run))
    connection.execute(over)


def _within(span: timedelta, longest: timedelta) -> timedelta:
    return min(max(span, timedelta()), longest)


def _utc(instant: datetime) -> datetime:
    # Between two local times Python would not count a change of hour.
    return instant.astimezone(UTC)


def _now() -> datetime:
    return datetime.now(UTC)
