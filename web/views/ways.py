"""Where an officer can go from any page, by function."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from models.agencies import OfficerFunction
from web.languages import words


@dataclass(frozen=True)
class Way:
    """A page that is reached from all others; `label` is English.

    One that shows and takes no content is `keyless`.
    """

    path: str
    label: str
    keyless: bool = False


AUDIT = (
    Way("/audit", words("Audit"), keyless=True),
    Way("/audit/trail", words("Trail"), keyless=True),
    Way("/audit/unusual", words("Unusual reads"), keyless=True),
    Way("/audit/samples", words("Samples"), keyless=True),
    Way("/audit/honey", words("Honey records"), keyless=True),
    Way("/findings", words("Findings")),
    Way("/audit/person", words("Received about somebody")),
    Way("/audit/bundle", words("Take away")),
    Way("/audit/erasures", words("Erasures"), keyless=True),
    Way("/audit/verify", words("Verify"), keyless=True),
)
"""The pages of auditors, the first of which they begin with."""

NOTICES = Way("/notices", words("Notices"), keyless=True)
FINDINGS = Way("/findings", words("Findings"))
_OF_CASES = (
    Way("/", words("Today"), keyless=True),
    Way("/cases", words("Cases"), keyless=True),
    Way("/inbox", words("Inbox"), keyless=True),
    Way("/asked", words("Questions"), keyless=True),
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
    OfficerFunction.COORDINATOR: (Way("/figures", words("Figures"), keyless=True),),
}


def ways_of(
    functions: Collection[OfficerFunction], *, has_keys: bool = True
) -> list[Way]:
    """Return where these functions can go: to their cases, and to what is theirs."""
    return served(_ways_of(functions), has_keys=has_keys)


def served(ways: Iterable[Way], *, has_keys: bool) -> list[Way]:
    """Return those that are served here: without keys, what has no content."""
    return [way for way in ways if has_keys or way.keyless]


def _ways_of(functions: Collection[OfficerFunction]) -> list[Way]:
    fronts = [ways for function, ways in _FRONTS.items() if function in functions]
    theirs = [way for ways in fronts for way in ways]
    if set(functions) <= _FRONTS.keys():
        return [*theirs, FINDINGS, NOTICES]
    return [*_OF_CASES, *theirs]


def front_of(functions: Collection[OfficerFunction]) -> str:
    """Return where somebody begins."""
    return ways_of(functions)[0].path
