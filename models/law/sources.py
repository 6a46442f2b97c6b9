"""The closed list: which source may be used, asked by whom, under which conditions."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, PositiveInt

from models.agencies import AgencyKind, OfficerFunction
from models.law.rows import Code, Label, LabelledRow, LawRow, Text
from models.values import Value


class SourceKind(StrEnum):
    """How information from a source reaches the case."""

    REGISTER = "register"
    """A query of the central register: hit or no hit."""

    HANDOFF = "handoff"
    """A question put to another agency."""

    RECORD = "record"
    """Material the asking agency holds or may consult itself, added as items."""

    ADVICE = "advice"
    """The advice of the hub."""

    RELEASE = "release"
    """A request to its originator to let an item go on to one more agency."""

    CONSULTATION = "consultation"
    """A case consultation around one table."""


class TestedDate(StrEnum):
    """Which date of an item an age filter tests; never the date of the fact."""

    COLLECTED = "collected"
    PROCESSED = "processed"


class BackFrom(StrEnum):
    """The day from which an age filter looks back."""

    INQUIRY_START = "inquiry_start"
    ADVICE_REQUEST = "advice_request"
    RISK_ANALYSIS = "risk_analysis"


class FactScope(StrEnum):
    """Where a fact that conditions depend on is established."""

    CASE = "case"
    INSTALLATION = "installation"


class PackFact(LabelledRow):
    """Something that conditions of this pack turn on, such as `ciear_used`.

    A fact of scope `installation` is a switch that counsel sets; `default` is its value
    until then.
    """

    scope: FactScope
    default: bool = False


class AgeFilter(LabelledRow):
    """How old an item may be: `years` back from one day, tested on one date."""

    years: PositiveInt
    tested: TestedDate
    back_from: BackFrom


class DataCategory(LabelledRow):
    """A category of data a source may give, or (`allowed` false) may never give.

    `fact` names a fact that must hold before the category may be given.
    """

    allowed: bool = True
    fact: Code | None = None


class Condition(Value):
    """A fact that must have one value before the source may be asked."""

    fact: Code
    expected: bool
    article: Text
    reason: Label
    alternative: Label


class Guard(LawRow):
    """An answer leaves by a second key, and silences read alike (LVP art. 45).

    `second_key`: the functions of the asked agency one of which lets an answer leave,
    by another officer than the one who wrote it. Until then, and whether nothing is
    known, nothing may be said or nobody looked, the asker sees an open question; it
    ends with its term.
    """

    second_key: Annotated[tuple[OfficerFunction, ...], Field(min_length=1)]


class Source(LabelledRow):
    """One entry of the closed list.

    `agency_kind` is who answers, empty for material of one's own. `asked_by` are the
    kinds of agency that may ask. With `requester_only`, who answers must have asked the
    asker in the same case. `requires_result_of`: a result of at least one of
    these sources must be there first. `clock` governs the answer; `age_filter` limits
    what may come back. `data` says what it may hold, `mandatory` that the source must
    be used: both are kept as law and shown, not enforced.
    """

    kind: SourceKind
    agency_kind: AgencyKind | None = None
    asked_by: tuple[AgencyKind, ...]
    requester_only: bool = False
    mandatory: bool = False
    in_force: bool = True
    requires_result_of: tuple[Code, ...] = ()
    conditions: tuple[Condition, ...] = ()
    clock: Code | None = None
    age_filter: Code | None = None
    guard: Guard | None = None
    data: tuple[DataCategory, ...] = ()


class ClosedDoor(LawRow):
    """A kind of agency that may not be asked, and what may be done instead."""

    agency_kind: AgencyKind
    reason: Label
    alternative: Label


class Refusal(LawRow):
    """The answer to any question that the closed list does not hold."""

    reason: Label
    alternative: Label
