"""Terms that begin now, for tests of the process alone."""

from datetime import timedelta
from uuid import uuid4

from models.ids import DeadlineId
from models.process import Alarm, AlarmKind, Timer
from tests.workflow.rig import machine_now

DAY = timedelta(days=1)


def term(*days: float, deadline: DeadlineId | None = None) -> Timer:
    """A term with alarms so many days from now; the last one ends it."""
    instants = [machine_now() + day * DAY for day in days]
    kinds = [AlarmKind.REMINDER] * (len(days) - 1) + [AlarmKind.ENDED]
    return Timer(
        deadline=deadline or DeadlineId(uuid4()),
        clock="inquiry",
        alarms=tuple(
            Alarm(kind=kind, at=at, machine=at)
            for kind, at in zip(kinds, instants, strict=True)
        ),
    )
