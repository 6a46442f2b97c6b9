"""The terms of a route, as data: lengths, units, extensions and interruptions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import PositiveInt

from models.act_kinds import ActKind
from models.law.rows import Code, Label, LabelledRow, LawRow
from models.values import Value


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"


class FirstDay(StrEnum):
    """Which day is counted as day one, seen from the day of the act."""

    NEXT_WORKING_DAY = "next_working_day"
    NEXT_DAY = "next_day"
    SAME_DAY = "same_day"


class Expiry(StrEnum):
    """What the end of a term does."""

    EXPIRES = "expires"
    """Something is lost, ends or becomes possible by law."""

    WARNS = "warns"
    """The law names no sanction: people are warned, nothing is decided."""


class ClockEnd(StrEnum):
    """What the engine does when a term ends, beyond telling people."""

    QUESTIONS_EXPIRE = "questions_expire"
    """Open questions of the agency whose term it is can no longer be answered."""

    REQUEST_LAPSES = "request_lapses"
    """The handoff that the term belongs to is refused for good."""

    SILENCE_REFUSES = "silence_refuses"
    """The open handoff that the term belongs to expires: silence grants nothing."""

    CONFIRM_NO_APPEAL = "confirm_no_appeal"
    """The lead agency is asked to confirm that none was lodged; nothing ends before."""


class RollOver(StrEnum):
    """Where the last day moves when it is not a working day."""

    NEVER = "never"
    NEXT_WORKING_DAY = "next_working_day"


class InterruptionEffect(StrEnum):
    """What happens between the two acts of an interruption.

    Only `holds` is enforced; `suspends` is kept as law and shown.
    """

    SUSPENDS = "suspends"
    """Days in between are not counted; the rest of the term runs on afterwards."""

    HOLDS = "holds"
    """Days are counted, but the term does not end before the second act."""


class Closure(LawRow):
    """A day that is not a working day on this route, beyond those of the calendar."""

    day: date
    label: Label


class Extension(Value):
    """How much longer a term can be made, and how often."""

    length: PositiveInt
    times: PositiveInt


class Interruption(Value):
    """Two acts between which a term is suspended or held open.

    `within` names the clock before whose end the first act must come to have
    this effect; it is kept as law and shown, not enforced.
    """

    after: ActKind
    until: ActKind
    effect: InterruptionEffect
    within: Code | None = None


class Clock(LabelledRow):
    """One term: how long, counted how, and what its end means.

    `length` is empty where the law fixes none ("as soon as possible") or where it was
    not found: such a term is shown and never counted. `reminders` are counted-day
    numbers. `only_if_negative` limits the clock to decisions that impose a measure.
    `at_end` is what the engine does when it ends.

    Kept as law and shown, not enforced: `ends_in`, the stage that begins when the term
    has run out, and `statutory`, false for an agreement between services.
    """

    length: PositiveInt | None
    unit: Unit
    first_day: FirstDay
    extension: Extension | None = None
    interruptions: tuple[Interruption, ...] = ()
    rolls_over: RollOver = RollOver.NEVER
    reminders: tuple[PositiveInt, ...] = ()
    if_missed: Label
    effect: Expiry
    statutory: bool
    only_if_negative: bool = False
    at_end: tuple[ClockEnd, ...] = ()
    ends_in: Code | None = None
