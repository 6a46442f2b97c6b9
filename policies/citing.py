"""Which items a decision may cite, and why not the others (NLC 119ter §10 al.2)."""

from __future__ import annotations

from enum import StrEnum

from models.values import Value


class Uncitable(StrEnum):
    """Why an item may not be cited."""

    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    UNSOURCED = "unsourced"
    JUDICIAL_HOLD = "judicial_hold"
    UNDISCLOSABLE = "undisclosable"
    TOO_OLD = "too_old"
    UNCHECKED = "unchecked"


class Citable(Value):
    """An item, as far as it may be cited.

    `known` is whether it is in the file of the agency that decides; `sourced` whether
    it came through the closed list of the route; `unchecked` is an assessment, or a
    report that nobody could corroborate, that was not validated; `withdrawn` whether
    its originator took it back.
    """

    known: bool
    withdrawn: bool = False
    sourced: bool = False
    disclosable: bool = False
    judicial_hold: bool = False
    too_old: bool = False
    unchecked: bool = False

    @property
    def why_not(self) -> Uncitable | None:
        """Return the first reason against citing it, None if it may be cited."""
        reasons = {
            Uncitable.UNKNOWN: not self.known,
            Uncitable.WITHDRAWN: self.withdrawn,
            Uncitable.UNSOURCED: not self.sourced,
            Uncitable.JUDICIAL_HOLD: self.judicial_hold,
            Uncitable.UNDISCLOSABLE: not self.disclosable,
            Uncitable.TOO_OLD: self.too_old,
            Uncitable.UNCHECKED: self.unchecked,
        }
        return next((reason for reason, holds in reasons.items() if holds), None)


class CitedFact(Citable):
    """An item that a decision cites, and for which limb of the legal test."""

    item: str
    limb: str
