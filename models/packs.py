"""A pack: the dated rules of one legal route, as read from its YAML files.

Packs are written in `policies/packs`, loaded and checked by `policies.loading`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from models.act_kinds import ActKind
from models.agencies import AgencyKind, OfficerFunction
from models.errors import NotFound
from models.law.clocks import Clock, Closure
from models.law.decisions import Caution, Interest, Outcome, Precondition, Requirement
from models.law.offences import ExaminedPerson, Limb, Offence
from models.law.procedure import Act, Stage
from models.law.records import (
    Identifier,
    LogRule,
    OpenQuestion,
    Retention,
    SectorList,
    Statute,
)
from models.law.rows import Code, Label, LabelMarks, StatuteKey
from models.law.secrecy import Telling
from models.law.sources import AgeFilter, ClosedDoor, PackFact, Refusal, Source
from models.secrecy import Secrecy
from models.values import Value


class PackStatus(StrEnum):
    """Whether a pack may be relied on."""

    IN_FORCE = "in_force"
    UNCONFIRMED = "unconfirmed"
    """Written from a text whose entry into force nobody has checked."""


class Coded(Protocol):
    """Anything with a code."""

    @property
    def code(self) -> str:
        """Return the code."""


Row = TypeVar("Row", bound=Coded)


class Pack(Value):
    """The dated rules of one legal route.

    `version` is the day from which the rules hold. `lead` is the kind of agency that
    leads a case, `hub` the kind that gives the advice. `closures` are days that are
    not working days beyond those of `calendar`. `label_marks` says how sure we
    are of the wording in each language, unless a label says otherwise. `digest` is the
    SHA-256 of the files, in hexadecimal.
    """

    id: Code
    version: date
    status: PackStatus
    jurisdiction: Code
    title: Label
    label_marks: LabelMarks
    lead: AgencyKind
    hub: AgencyKind | None = None
    calendar: Code
    closures: tuple[Closure, ...] = ()
    digest: str
    statutes: dict[StatuteKey, Statute]
    facts: tuple[PackFact, ...] = ()
    stages: tuple[Stage, ...]
    acts: tuple[Act, ...]
    clocks: tuple[Clock, ...]
    sources: tuple[Source, ...]
    closed_doors: tuple[ClosedDoor, ...] = ()
    outside: Refusal
    tellings: tuple[Telling, ...] = ()
    age_filters: tuple[AgeFilter, ...] = ()
    offences: tuple[Offence, ...]
    limbs: tuple[Limb, ...]
    persons: tuple[ExaminedPerson, ...]
    outcomes: tuple[Outcome, ...]
    requirements: tuple[Requirement, ...]
    preconditions: tuple[Precondition, ...]
    identifiers: tuple[Identifier, ...]
    interests: tuple[Interest, ...]
    retention: tuple[Retention, ...]
    logs: tuple[LogRule, ...]
    scope: SectorList | None = None
    warnings: tuple[Caution, ...] = ()
    to_confirm: tuple[OpenQuestion, ...] = ()

    def act(self, kind: ActKind) -> Act:
        """Return the row of an act, or raise NotFound."""
        for row in self.acts:
            if row.act == kind:
                return row
        raise NotFound(f"this route has no act `{kind}`", help=self.see("acts"))

    def doers(self, kind: ActKind) -> tuple[OfficerFunction, ...]:
        """Return the functions that do an act; none if the route does without it."""
        return next((row.by for row in self.acts if row.act == kind), ())

    def clock(self, code: str) -> Clock:
        """Return a clock, or raise NotFound."""
        return self._row(self.clocks, code, "clock")

    def source(self, code: str) -> Source:
        """Return a source of the closed list, or raise NotFound."""
        return self._row(self.sources, code, "source")

    def stage(self, code: str) -> Stage:
        """Return a stage, or raise NotFound."""
        return self._row(self.stages, code, "stage")

    def outcome(self, code: str) -> Outcome:
        """Return an outcome, or raise NotFound."""
        return self._row(self.outcomes, code, "outcome")

    def measures(self, permit: bool) -> tuple[Outcome, ...]:
        """Return what can be proposed, by whether the activity needs a permit."""
        return tuple(o for o in self.outcomes if o.negative and o.is_possible(permit))

    @property
    def without_measure(self) -> str:
        """Return the outcome of a case that ends without a decision: the first one."""
        return self.outcomes[0].code

    def telling(self, mode: Secrecy) -> Telling | None:
        """Return what a mode of secrecy tells to whom; None: nothing to nobody."""
        return next((row for row in self.tellings if row.mode is mode), None)

    def age_filter(self, code: str) -> AgeFilter:
        """Return an age filter, or raise NotFound."""
        return self._row(self.age_filters, code, "age filter")

    def see(self, part: str) -> str:
        """Return how a part of this pack is shown, to be typed as it is."""
        return f"see `estafette pack show {self.id} --part {part}`"

    def _row(self, rows: Iterable[Row], code: str, what: str) -> Row:
        for row in rows:
            if row.code == code:
                return row
        part = f"{what.replace(' ', '_')}s"
        raise NotFound(f"this route has no {what} `{code}`", help=self.see(part))
