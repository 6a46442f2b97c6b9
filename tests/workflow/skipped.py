"""Legal time that follows the skipped time of one case's server."""

import asyncio
from datetime import UTC, datetime, timedelta

from models.clock import BRUSSELS
from tests.workflow.rig import PATIENCE, PlayedCase, Rig, machine_now


class SkippedClock:
    """A legal clock; `case` is the case whose server's time it follows, once opened.

    To the process the server's time is machine time: only a fixed span lies between
    that and legal time.
    """

    def __init__(self, rig: Rig, first: datetime) -> None:
        self.case: PlayedCase | None = None
        self._rig = rig
        self._shift = first - machine_now()
        self._ahead = timedelta()

    def now(self) -> datetime:
        """See `LegalClock.now`."""
        return self.legal(machine_now())

    def legal(self, machine: datetime) -> datetime:
        """See `LegalClock.legal`."""
        return (machine + self._ahead + self._shift).astimezone(BRUSSELS)

    def machine(self, legal: datetime) -> datetime:
        """See `LegalClock.machine`."""
        return (legal - self._shift).astimezone(UTC)

    def look(self) -> None:
        """Look how far the server's time is ahead of this machine's."""
        if self.case is not None:
            self._ahead = self.case.now() - machine_now()

    def look_from_thread(self) -> None:
        """Look, while the rig's loop is running in another thread."""
        if self.case is not None:
            asked = asyncio.run_coroutine_threadsafe(
                self.case.machine_now(), self._rig.loop
            )
            self._ahead = asked.result(PATIENCE) - machine_now()


class LiveClock:
    """The same clock for activities: it looks anew whenever it is asked."""

    def __init__(self, clock: SkippedClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """See `LegalClock.now`."""
        self._clock.look_from_thread()
        return self._clock.now()

    def legal(self, machine: datetime) -> datetime:
        """See `LegalClock.legal`."""
        return self._clock.legal(machine)

    def machine(self, legal: datetime) -> datetime:
        """See `LegalClock.machine`."""
        return self._clock.machine(legal)
