"""What the legal test speaks of: offences, limbs of the test, persons."""

from __future__ import annotations

from datetime import date

from models.law.rows import Code, Label, LabelledRow, Mark, StatuteKey, Text
from models.values import Value


class OffenceReference(Value):
    """Where an offence is found in a statute during a period (both days inclusive)."""

    statute: StatuteKey
    articles: Text
    valid_from: date | None = None
    valid_to: date | None = None
    mark: Mark
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Return whether the reference was valid for a fact of `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class Offence(LabelledRow):
    """One offence of the list, under the number the law gives it.

    `condition` is what must be shown beyond the offence itself (repetition, intent).
    """

    point: Text
    condition: Label | None = None
    overlaps: tuple[Code, ...] = ()
    references: tuple[OffenceReference, ...] = ()

    def references_on(self, day: date) -> tuple[OffenceReference, ...]:
        """Return the references valid for a fact of `day`."""
        return tuple(ref for ref in self.references if ref.holds_on(day))


class Limb(LabelledRow):
    """One limb of the legal test for a negative decision."""


class ExaminedPerson(LabelledRow):
    """A group of persons who may be examined; all but the first need reasons.

    `needs_reasons` is kept as law and shown: no act asks for the reasons yet.
    """

    needs_reasons: bool
    condition: Label | None = None
