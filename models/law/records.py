"""Identifiers, retention, logs, sectors: what may be sent, kept and listed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import NonNegativeInt, PositiveInt

from models.law.clocks import Unit
from models.law.rows import Code, Label, LabelledRow, LawRow, Mark
from models.values import Value


class Statute(Value):
    """A legal text that rows refer to by key.

    `short` is how a reference calls it. `url` is the ELI or the official address, empty
    where we have none. `in_force` and `repealed` are the first and the last day.
    """

    title: Label
    short: Label
    enacted: date | None = None
    mark: Mark
    url: str | None = None
    in_force: date | None = None
    repealed: date | None = None
    note: str = ""


class Identifier(LabelledRow):
    """An identifier that may leave with a request; everything else may not."""

    natural: bool
    legal: bool


class DataClass(StrEnum):
    """What a retention rule speaks of."""

    FILE = "file"
    UNDERLYING = "underlying"
    REGISTER = "register"
    ADVICE_DOSSIER = "advice_dossier"
    ADVICE_COPY = "advice_copy"
    ADVICE_DATA = "advice_data"
    RISK_DOSSIER = "risk_dossier"
    LOG = "log"


class RetentionEvent(StrEnum):
    """From which event a retention term runs."""

    INQUIRY_CLOSED = "inquiry_closed"
    NO_MEASURE = "no_measure"
    APPEALS_EXHAUSTED = "appeals_exhausted"
    REGISTER_ENTERED = "register_entered"
    ARCHIVED = "archived"
    LOGGED = "logged"
    NOT_STATED = "not_stated"


class Retention(LabelledRow):
    """How long a class of data is kept; a length of zero means destroyed at once."""

    data_class: DataClass
    length: NonNegativeInt
    unit: Unit
    since: RetentionEvent


class LogPart(StrEnum):
    """Whether a log row names an operation, a field, or a duty around the log."""

    OPERATION = "operation"
    FIELD = "field"
    DUTY = "duty"


class LogRule(LabelledRow):
    """One thing the statutory log must hold, or a duty that goes with it."""

    part: LogPart


class Sector(LabelledRow):
    """An economic sector of the royal decree."""


class Activity(LabelledRow):
    """A risk activity; `number` is its place in the decree's list."""

    number: PositiveInt
    sector: Code


class SectorList(LawRow):
    """The sectors and activities in scope; `complete` false means rows are missing."""

    complete: bool
    missing: str = ""
    sectors: tuple[Sector, ...]
    activities: tuple[Activity, ...]


class OpenQuestion(Value):
    """A point that counsel must confirm before the pack is relied on."""

    code: Code
    question: Label
    concerns: tuple[Code, ...] = ()
