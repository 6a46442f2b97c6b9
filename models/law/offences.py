"""What the legal test speaks of: offences, limbs of the test, persons."""

from __future__ import annotations

from datetime import date

from models.law.rows import Code, Label, LabelledRow, Mark, StatuteKey, Text
from models.values import Value


class OffenceReference(Value):
    """Where an offence is found, for facts between two days (both inclusive)."""

    statute: StatuteKey
    articles: Text
    valid_from: date | None = None
    valid_to: date | None = None
    mark: Mark
    note: str = ""


class Offence(LabelledRow):
    """One offence of the list, under the number the law gives it.

    `condition` is what must be shown beyond the offence itself (repetition, intent).
    """

    point: Text
    condition: Label | None = None
    overlaps: tuple[Code, ...] = ()
    references: tuple[OffenceReference, ...] = ()


class Limb(LabelledRow):
    """One limb of the legal test for a negative decision."""


class ExaminedPerson(LabelledRow):
    """A group of persons who may be examined; all but the first need reasons.

    `needs_reasons` is kept as law and shown: no act asks for the reasons yet.
    """

    needs_reasons: bool
    condition: Label | None = None
