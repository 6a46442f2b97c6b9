"""What crosses the Temporal boundary: pointers, positions and alarms. No content."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from models.handoffs import HandoffState
from models.ids import ActId, CaseId, DeadlineId, HandoffId
from models.values import Message


class ActPointer(Message):
    """Points to a staged intent; who acts and what is read from there."""

    act: ActId
    case: CaseId
    kind: str


class AlarmKind(StrEnum):
    """What a clock does on its way."""

    REMINDER = "reminder"
    ENDED = "ended"
    EXPIRED = "expired"
    """Of no clock any more; what was once a word on the wire stays one."""


class Alarm(Message):
    """One instant at which a clock must speak: legal time, and machine time of now."""

    kind: AlarmKind
    at: datetime
    machine: datetime


class Timer(Message):
    """A running deadline, as the process knows it."""

    deadline: DeadlineId
    clock: str
    handoff: HandoffId | None = None
    alarms: tuple[Alarm, ...]


class Refused(Message):
    """Why an act was refused; the class name is an error of `models.errors`."""

    error: str
    message: str
    help: str = ""
    details: dict[str, str | list[str] | list[dict[str, str]]] = {}


class HandoffMove(Message):
    """A handoff and the state it now has; its version rises with each move."""

    handoff: HandoffId
    state: HandoffState
    version: int = 1


class Outcome(Message):
    """What the record says after an act or an alarm; stored, and the same on retry.

    Attributes:
        version: of the case row after this change; rises by one.
        started: deadlines that run from now (or replace one of the same id).
        stopped: deadlines that no longer run.
        destroy: data of the case are due for destruction now.
        closed: the case is closed; the process ends when no deadline runs.
        appeal_open: an appeal is pending, or may have been lodged without being known
            here yet; the process waits.
        receipt: hex leaf hash of the ledger entry.
    """

    act: UUID
    case: CaseId
    version: int = 0
    stage: str = ""
    refused: Refused | None = None
    started: tuple[Timer, ...] = ()
    stopped: tuple[DeadlineId, ...] = ()
    moved: tuple[HandoffMove, ...] = ()
    destroy: bool = False
    closed: bool = False
    appeal_open: bool = False
    receipt: str = ""

    def for_partner(self) -> Outcome:
        """Return what a partner may know: its own handoffs, nothing of the case."""
        return Outcome(
            act=self.act,
            case=self.case,
            refused=self.refused,
            moved=self.moved,
            receipt=self.receipt,
        )


class Ring(Message):
    """A clock of the process reached one of its alarms."""

    case: CaseId
    deadline: DeadlineId
    alarm: Alarm


class Position(Message):
    """Where the process stands; carried over when it continues as new."""

    version: int = 0
    stage: str = ""
    opened: bool = False
    closed: bool = False
    appeal_open: bool = False
    handoffs: dict[HandoffId, HandoffState] = {}
    handoff_versions: dict[HandoffId, int] = {}
    timers: tuple[Timer, ...] = ()
    destruction_due: bool = False


class CaseStart(Message):
    """The one argument of a case's process."""

    case: CaseId
    position: Position = Position()


CASE_PROCESS = "Case"
RETENTION_PROCESS = "Retention"
ACT_UPDATE = "act"
POSITION_QUERY = "position"
CLOCK_MOVED_SIGNAL = "clock_moved"
TERMS_MET_SIGNAL = "terms_met"
