"""What keeps an act from being done that the stage of its case has.

Only what the record would refuse for certain, so that nobody fills in a form for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from acts.leading_on import Situation
from models.act_kinds import ActKind
from models.law.sources import SourceKind


def hindrances(now: Situation) -> dict[ActKind, str]:
    """Return the acts that would be refused now, each with why."""
    found = {act: check(now) for act, check in _HINDERED.items()}
    return {act: why for act, why in found.items() if why}


def _advice(now: Situation) -> str:
    if not now.somebody(SourceKind.ADVICE):
        return "nobody is in the directory who could be asked"
    if not now.view.answered(SourceKind.REGISTER):
        return (
            "the register has not answered yet, and the request must say hit or no hit"
        )
    if now.waits(SourceKind.ADVICE):
        return "a request for advice is under way"
    return ""


def _query(now: Situation) -> str:
    if not now.somebody(SourceKind.REGISTER):
        return "nobody is in the directory who could be asked"
    if not now.has_needed(SourceKind.REGISTER):
        return "the register comes after a first result: an answer, or own material"
    return ""


def _minutes(now: Situation) -> str:
    on = now.next_hearing()
    if on is None:
        return "nobody has been invited to a hearing that waits for its minutes"
    if now.to_record():
        return ""
    return f"the hearing is on `{on}`, and is recorded from that day on"


def _filing(now: Situation) -> str:
    return "" if now.unfiled() else "no measure stands that is not filed yet"


def _closing(now: Situation) -> str:
    return "the decision is not notified and filed yet" if now.unfiled() else ""


_HINDERED: Mapping[ActKind, Callable[[Situation], str]] = {
    ActKind.REGISTER_QUERY: _query,
    ActKind.ADVICE_REQUEST: _advice,
    ActKind.HEARING_RECORD: _minutes,
    ActKind.REGISTER_FILE: _filing,
    ActKind.CASE_CLOSE: _closing,
}
