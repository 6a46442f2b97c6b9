"""Who sees which row, decided a second time: in plain Python, over plain rows.

Says nothing of how the database does it; what it decides is what ARCHITECTURE.md
promises of the second wall.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Person:
    """An officer; a mayor leads every case of the own municipality."""

    id: str
    agency: str
    mayor: bool = False
    supervisor: bool = False


@dataclass(frozen=True)
class Spell:
    """A designation, cover or exclusion for some days."""

    officer: str
    case: UUID | None
    from_day: date
    until: date | None = None
    ended: date | None = None
    agency: str = ""
    handoff: UUID | None = None
    covering: str = ""

    def holds(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        if day < self.from_day or (self.until is not None and day > self.until):
            return False
        return self.ended is None or day < self.ended


@dataclass(frozen=True)
class Emergency:
    """An open glass, from an instant to another."""

    officer: str
    agency: str
    case: UUID
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Row:
    """A case, question or item; fields that a kind does not have stay empty."""

    id: UUID
    case: UUID
    agency: str = ""
    asker: str = ""
    asked: str = ""
    parent: UUID | None = None
    handoff: UUID | None = None
    staged: bool = False
    audience: frozenset[tuple[str, UUID | None]] = frozenset()


@dataclass
class Rows:
    """Everything there is."""

    people: list[Person] = field(default_factory=list)
    municipalities: set[str] = field(default_factory=set)
    namings: list[Spell] = field(default_factory=list)
    covers: list[Spell] = field(default_factory=list)
    exclusions: list[Spell] = field(default_factory=list)
    emergencies: list[Emergency] = field(default_factory=list)
    cases: dict[UUID, Row] = field(default_factory=dict)
    handoffs: list[Row] = field(default_factory=list)
    items: list[Row] = field(default_factory=list)


class Sight:
    """What one officer sees at one instant."""

    def __init__(self, rows: Rows, who: Person, at: datetime) -> None:
        self._rows, self._who, self._day = rows, who, at.date()
        self._leads = who.mayor and who.agency in rows.municipalities
        self._shut = self._cases(rows.exclusions, who.id)
        self._open = {
            each.case
            for each in rows.emergencies
            if (each.officer, each.agency) == (who.id, who.agency)
            and each.since <= at < each.until
        }
        self._named = self._namings()

    def cases(self) -> set[UUID]:
        """Return the cases that are seen."""
        return {case for case in self._rows.cases if self._sees_case(case)}

    def own_cases(self) -> set[UUID]:
        """Return the cases on the officer's own list: named for, or in an emergency."""
        whole = {case for case, handoff in self._named if handoff is None}
        return self.cases() & (whole | self._open)

    def handoffs(self) -> set[UUID]:
        """Return the questions that are seen."""
        return {each.id for each in self._rows.handoffs if self._sees_handoff(each)}

    def items(self) -> set[UUID]:
        """Return the items whose headers are seen."""
        return {each.id for each in self._rows.items if self._sees_item(each)}

    def _sees_case(self, case: UUID) -> bool:
        row = self._rows.cases[case]
        if row.agency != self._who.agency or case in self._shut:
            return False
        named = (case, None) in self._named or case in self._open
        return self._leads or self._who.supervisor or named

    def _sees_handoff(self, row: Row) -> bool:
        if row.case in self._shut:
            return False
        if row.asked == self._who.agency:
            return True
        if row.asker != self._who.agency:
            return False
        named = {handoff for _, handoff in self._named if handoff}
        return (
            self._who.supervisor
            or self._sees_case(row.case)
            or bool(named & {row.id, row.parent})
            or row.case in self._open
        )

    def _sees_item(self, row: Row) -> bool:
        held = {
            handoff for agency, handoff in row.audience if agency == self._who.agency
        }
        if row.staged or row.case in self._shut or not held:
            return False
        wanted = {None, *held}
        named = {handoff for case, handoff in self._named if case == row.case}
        return (
            bool(named & wanted)
            or row.case in self._open
            or (self._leads and self._sees_case(row.case))
        )

    def _namings(self) -> set[tuple[UUID, UUID | None]]:
        lent = [(self._who.id, None)] + [
            (each.officer, each.case)
            for each in self._rows.covers
            if each.covering == self._who.id
            and each.agency == self._who.agency
            and each.holds(self._day)
        ]
        return {
            (naming.case, naming.handoff)
            for officer, case in lent
            for naming in self._rows.namings
            if naming.officer == officer
            and naming.agency == self._who.agency
            and case in (None, naming.case)
            and naming.holds(self._day)
            and naming.case is not None
            and naming.case not in self._shut
            and naming.case not in self._cases(self._rows.exclusions, officer)
        }

    def _cases(self, spells: Iterable[Spell], officer: str) -> set[UUID]:
        return {
            each.case
            for each in spells
            if each.officer == officer and each.case and each.holds(self._day)
        }
