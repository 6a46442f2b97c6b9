"""Where an officer can go from any page, by function."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from models.agencies import OfficerFunction
from web.languages import words


@dataclass(frozen=True)
class Destination:
    """A page that is reached from all others; `label` is English.

    One that shows and takes no content is `keyless`.
    """

    path: str
    label: str
    keyless: bool = False


AUDIT = (
    Destination("/audit", words("Audit"), keyless=True),
    Destination("/audit/trail", words("Trail"), keyless=True),
    Destination("/audit/unusual", words("Unusual reads"), keyless=True),
    Destination("/audit/samples", words("Samples"), keyless=True),
    Destination("/audit/honey", words("Honey records"), keyless=True),
    Destination("/findings", words("Findings")),
    Destination("/audit/person", words("Received about somebody")),
    Destination("/audit/bundle", words("Take away")),
    Destination("/audit/erasures", words("Erasures"), keyless=True),
    Destination("/audit/verify", words("Verify"), keyless=True),
)
"""The pages of auditors, the first of which they begin with."""

NOTICES = Destination("/notices", words("Notices"), keyless=True)
FINDINGS = Destination("/findings", words("Findings"))
_OF_CASES = (
    Destination("/", words("Today"), keyless=True),
    Destination("/cases", words("Cases"), keyless=True),
    Destination("/inbox", words("Inbox"), keyless=True),
    Destination("/asked", words("Questions"), keyless=True),
    Destination("/search", words("Search")),
    FINDINGS,
    Destination("/recalls", words("Taken back")),
    Destination("/covers", words("Leave")),
    NOTICES,
)
_FRONTS = {
    OfficerFunction.AUDITOR: (AUDIT[0],),
    OfficerFunction.DPO: (
        Destination("/subject-requests", words("Requests of data subjects")),
        Destination("/statutory", words("Statutory lists")),
    ),
    OfficerFunction.COORDINATOR: (
        Destination("/figures", words("Figures"), keyless=True),
    ),
}
_BESIDE_CASES = {
    OfficerFunction.REGISTRAR: (Destination("/register", words("Register")),),
}


def destinations_of(
    functions: Collection[OfficerFunction], *, has_keys: bool = True
) -> list[Destination]:
    """Return where these functions can go: to their cases, and to what is theirs."""
    return served(_all_of(functions), has_keys=has_keys)


def served(destinations: Iterable[Destination], *, has_keys: bool) -> list[Destination]:
    """Return those that are served here: without keys, what has no content."""
    return [each for each in destinations if has_keys or each.keyless]


def _all_of(functions: Collection[OfficerFunction]) -> list[Destination]:
    theirs = [
        each
        for function, fronts in (*_FRONTS.items(), *_BESIDE_CASES.items())
        if function in functions
        for each in fronts
    ]
    if set(functions) <= _FRONTS.keys():
        return [*theirs, FINDINGS, NOTICES]
    return [*_OF_CASES, *theirs]


def front_of(functions: Collection[OfficerFunction]) -> str:
    """Return where somebody begins."""
    return destinations_of(functions)[0].path
