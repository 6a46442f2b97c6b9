"""What somebody is to a case or question on a day: what a ruling on a read needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from models.agencies import Officer
from models.cases import CaseRecord
from models.ids import OfficerId
from models.people import NamedFor
from models.values import Value
from storage.at_once import Asked, ask
from storage.cases import FIND, case_of
from storage.people.designations import NAMINGS, as_whom, named_for
from storage.people.exclusions import EXCLUDED

HELD: Asked = (("excluded", EXCLUDED), ("namings", NAMINGS))
"""What to ask for a standing in a case that was found: see `asking`."""
IN_CASE: Asked = (*HELD, ("case", FIND))
"""The same for a case that may be hidden."""


class Standing(Value):
    """What an officer is to a case and its questions.

    Attributes:
        excluded: a conflict of interest keeps the officer out of the case.
        case: the case, if the connection may see it.
    """

    officer: OfficerId
    excluded: bool
    namings: tuple[NamedFor, ...]
    case: CaseRecord | None

    def names(self, handoff: UUID | None) -> tuple[OfficerId, ...]:
        """Return as whom; see `storage.people.designations.named`."""
        return as_whom(self.officer, self.namings, handoff)


def find(connection: Connection, officer: Officer, case: UUID, day: date) -> Standing:
    """Return what an officer is on a day, to a case that may be hidden."""
    return in_case(officer, ask(connection, IN_CASE, asking(officer, case, day)))


def in_case(officer: Officer, rows: Mapping[str, Sequence[Any]]) -> Standing:
    """Return the standing that the rows of `IN_CASE` tell."""
    found = case_of(rows["case"][0]) if rows["case"] else None
    return standing_of(officer, found, rows)


def asking(officer: Officer, case: UUID, day: date) -> dict[str, object]:
    """Return the parameters of `HELD`."""
    return {
        "officer": officer.id,
        "agency": officer.agency,
        "case": case,
        "day": day,
    }


def standing_of(
    officer: Officer, case: CaseRecord | None, rows: Mapping[str, Sequence[Any]]
) -> Standing:
    """Return the standing that the rows of `HELD` tell."""
    return Standing(
        officer=officer.id,
        excluded=bool(rows["excluded"]),
        namings=tuple(map(named_for, rows["namings"])),
        case=case,
    )
