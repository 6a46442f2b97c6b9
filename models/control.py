"""The closed sets of words by which an originator keeps control of what it gave."""

from __future__ import annotations

from enum import StrEnum


class RecallGround(StrEnum):
    """Why an originator takes an item back or corrects it (LVP 32 §3; L24 21 §2)."""

    INCORRECT = "incorrect"
    INCOMPLETE = "incomplete"
    OUTDATED = "outdated"
    UNLAWFUL = "unlawful"
    """It should not have been given."""

    RESTRICTED = "restricted"
    """Its use is restricted now, by the prosecutor or by its owner."""


class Denial(StrEnum):
    """Why an originator does not let an item go on; the list is ours.

    No word says who else holds it.
    """

    NO_BASIS = "no_basis"
    OTHER_PURPOSE = "other_purpose"
    SOURCE_AT_RISK = "source_at_risk"
    INQUIRY_AT_RISK = "inquiry_at_risk"
    NOT_NEEDED = "not_needed"
    NOT_STATED = "not_stated"
    """The originator may not, or does not, say why."""
