"""What is left of a term, as the command line says it."""

from __future__ import annotations

from policies.remaining import Remaining


def unit_of(left: Remaining) -> str:
    """Return the unit in which a term is counted down."""
    return "working days" if left.working else "calendar days"


def words_of(left: Remaining) -> str:
    """Return what is left of a term as words."""
    if left.days < 0:
        return f"over since {-left.days} calendar days"
    return "last day today" if left.days == 0 else f"{left.days} {unit_of(left)}"
