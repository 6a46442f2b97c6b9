"""Where an officer can go from any page, by function."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from models.agencies import OfficerFunction
from web.forms.fields import words


@dataclass(frozen=True)
class Way:
    """A page that is reached from all others; `label` is English."""

    path: str
    label: str


AUDIT = (
    Way("/audit", words("Audit")),
    Way("/audit/trail", words("Trail")),
    Way("/audit/unusual", words("Unusual reads")),
    Way("/audit/samples", words("Samples")),
    Way("/audit/honey", words("Honey records")),
    Way("/findings", words("Findings")),
    Way("/audit/person", words("Received about somebody")),
    Way("/audit/bundle", words("Take away")),
    Way("/audit/erasures", words("Erasures")),
    Way("/audit/verify", words("Verify")),
)
"""The pages of auditors, the first of which they begin with."""

NOTICES = Way("/notices", words("Notices"))
FINDINGS = Way("/findings", words("Findings"))
_OF_CASES = (
    Way("/", words("Today")),
    Way("/cases", words("Cases")),
    Way("/inbox", words("Inbox")),
    Way("/asked", words("Questions")),
    Way("/search", words("Search")),
    FINDINGS,
    Way("/recalls", words("Taken back")),
    Way("/covers", words("Leave")),
    NOTICES,
)
_FRONTS = {
    OfficerFunction.AUDITOR: (AUDIT[0],),
    OfficerFunction.DPO: (
        Way("/subject-requests", words("Requests of data subjects")),
        Way("/statutory", words("Statutory lists")),
    ),
    OfficerFunction.COORDINATOR: (Way("/figures", words("Figures")),),
}


def ways_of(functions: Collection[OfficerFunction]) -> list[Way]:
    """Return where these functions can go: to their cases, and to what is theirs."""
    fronts = [ways for function, ways in _FRONTS.items() if function in functions]
    theirs = [way for ways in fronts for way in ways]
    if set(functions) <= _FRONTS.keys():
        return [*theirs, FINDINGS, NOTICES]
    return [*_OF_CASES, *theirs]


def front_of(functions: Collection[OfficerFunction]) -> str:
    """Return where somebody begins."""
    return ways_of(functions)[0].path
