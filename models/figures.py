"""What is counted for coordinators, and how it is shown: never a name, never an id."""

from __future__ import annotations

from datetime import date

from models.handoffs import HandoffState
from models.ids import AgencyId
from models.values import Value


class CountedCase(Value):
    """An open case; `number` tells the cases of one answer apart, and nothing else."""

    number: int
    agency: AgencyId
    route: str
    stage: str


class CountedQuestion(Value):
    """A question of a case; days are legal."""

    number: int
    asked: AgencyId
    state: HandoffState
    offered_on: date
    due_on: date | None
    closed_on: date | None


class Load(Value):
    """Open cases of one agency in one stage; None where they are too few to say."""

    agency: AgencyId
    route: str
    stage: str
    cases: int | None


class Turnaround(Value):
    """How one partner fares with questions; None where too few cases are behind.

    Attributes:
        in_time, overdue: open questions, before and after their last day.
        answered, unanswered: those that ended in the time looked at.
        median, slowest: working days to an answer: of the middle one, and of the one
            that nine in ten are not slower than.
    """

    partner: AgencyId
    in_time: int | None
    overdue: int | None
    answered: int | None
    unanswered: int | None
    median: int | None
    slowest: int | None


class Figures(Value):
    """All that a coordinator is shown; `least` is how many cases a figure needs."""

    least: int
    since: date
    load: tuple[Load, ...]
    turnaround: tuple[Turnaround, ...]
