"""The record in memory: the ports of workflows, with the troubles of a real one."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from temporalio import activity

from models.errors import DatabaseUnavailable, Unavailable
from models.ids import ActId, CaseId
from models.process import ActPointer, Outcome, Ring


class FakeRecord:
    """Answers what a test told it to; keeps it once, however often it is asked.

    Each outcome that is kept gets a receipt of its own.

    Attributes:
        fails: so many calls fail before anything is kept.
        fails_but_persists: so many calls keep their outcome and fail afterwards.
        rings_refused: alarms are too early, again and again.
        slow: seconds that each call takes before it answers.
        legal_ahead: how far legal time has been moved ahead of machine time.
        calls: how often each act, or each alarm of a deadline, was asked for.
        rings: the alarms that were kept, in their order.
    """

    def __init__(self) -> None:
        self.fails = 0
        self.fails_but_persists = 0
        self.rings_refused = False
        self.slow = 0.0
        self.legal_ahead = timedelta()
        self.calls: Counter[object] = Counter()
        self.rings: list[Ring] = []
        self.destroyed: list[CaseId | None] = []
        self.on_ring: Callable[[Ring], Outcome] | None = None
        self._told: dict[UUID, Outcome] = {}
        self._kept: dict[object, Outcome] = {}
        self._late: set[object] = set()
        self._guard = threading.Lock()

    def tell(self, outcome: Outcome) -> ActPointer:
        """Decide what the record will say of an act, and return its pointer."""
        self._told[outcome.act] = outcome
        kind = "item.add" if outcome.version != 1 else "case.open"
        return ActPointer(act=ActId(outcome.act), case=outcome.case, kind=kind)

    def confirms_late(self, act: UUID) -> None:
        """Let one act be kept at once, and its first confirmation get lost."""
        self._late.add(act)

    def ports(self) -> list[Callable[..., object]]:
        """Return every activity that a worker serves."""
        return [self.record, self.ring, self.machine_time, self.destroy_due]

    @activity.defn(name="record")
    def record(self, pointer: ActPointer) -> Outcome:
        """Keep an act once."""
        return self._keep(pointer.act, lambda: self._told[pointer.act])

    @activity.defn(name="ring")
    def ring(self, order: Ring) -> Outcome:
        """Keep an alarm once."""
        key = (order.deadline, order.alarm.at)
        if self.rings_refused:
            self.calls[key] += 1
            raise Unavailable("the alarm is early")
        return self._keep(key, lambda: self._rung(order))

    @activity.defn(name="machine_time")
    def machine_time(self, legal: datetime) -> datetime:
        """Map legal time as far as it was moved."""
        self.calls["machine_time"] += 1
        return (legal - self.legal_ahead).astimezone(UTC)

    @activity.defn(name="destroy_due")
    def destroy_due(self, case: CaseId | None) -> int:
        """Remember what was to be destroyed."""
        self.destroyed.append(case)
        return 1

    def _rung(self, order: Ring) -> Outcome:
        self.rings.append(order)
        if self.on_ring is not None:
            return self.on_ring(order)
        return Outcome(act=uuid4(), case=order.case)

    def _keep(self, key: object, answer: Callable[[], Outcome]) -> Outcome:
        time.sleep(self.slow)
        with self._guard:
            self.calls[key] += 1
            if self._fails_now():
                raise DatabaseUnavailable("the database does not answer")
            if key not in self._kept:
                receipt = f"{len(self._kept):02x}"
                self._kept[key] = answer().model_copy(update={"receipt": receipt})
            if self._fails_later(key):
                raise DatabaseUnavailable("the database went away")
            return self._kept[key]

    def _fails_now(self) -> bool:
        self.fails -= 1
        return self.fails >= 0

    def _fails_later(self, key: object) -> bool:
        if key in self._late:
            self._late.remove(key)
            return True
        self.fails_but_persists -= 1
        return self.fails_but_persists >= 0
