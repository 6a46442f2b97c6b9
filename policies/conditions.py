"""Which conditions of an item another in its place would drop."""

from __future__ import annotations

from datetime import date

from models.handling import Handling, Tlp

_SAME = ("purpose", "regime", "nature", "fact_date", "collected_on", "processed_on")
_LABELS = list(Tlp)


def loosened(original: Handling, given: Handling) -> tuple[str, ...]:
    """Return the names of the conditions that `given` does not keep, sorted.

    A higher code or label, an earlier last day, a hold and no disclosure are stricter;
    what the data are, how old and how well checked, cannot change.
    """
    faults = {name for name in _SAME if getattr(original, name) != getattr(given, name)}
    if given.code < original.code:
        faults.add("code")
    if _LABELS.index(given.tlp) < _LABELS.index(original.tlp):
        faults.add("tlp")
    if given.validated and not original.validated:
        faults.add("validated")
    if _last(given.expires_on) > _last(original.expires_on):
        faults.add("expires_on")
    if original.judicial_hold and not given.judicial_hold:
        faults.add("judicial_hold")
    if given.disclosable and not original.disclosable:
        faults.add("disclosable")
    return tuple(sorted(faults))


def _last(day: date | None) -> date:
    return day or date.max
