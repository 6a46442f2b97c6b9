"""The made-up agencies and officers of the demo, as data."""

from __future__ import annotations

from pathlib import Path

from models.agencies import AgencyKind, AgencyName, Officer, OfficerFunction, Oversight
from models.ids import AgencyId, OfficerId
from models.values import Value
from policies.plain_yaml import read_yaml

_FILE = Path(__file__).with_name("personas.yaml")


class _OfficerEntry(Value):
    functions: frozenset[OfficerFunction]
    service_number: str


class _AgencyEntry(Value):
    id: AgencyId
    kind: AgencyKind
    name: AgencyName
    officers: dict[str, _OfficerEntry]
    oversees: tuple[AgencyId, ...] = ()
    under: str = ""


class Personas(Value):
    """The demo's directory before keys exist."""

    agencies: tuple[_AgencyEntry, ...]

    def officers(self) -> list[Officer]:
        """Return every officer, `AGENCY/NAME`."""
        return [
            Officer(
                id=OfficerId(f"{agency.id}/{name}"),
                agency=agency.id,
                functions=entry.functions,
                service_number=entry.service_number,
            )
            for agency in self.agencies
            for name, entry in agency.officers.items()
        ]

    def oversight(self) -> list[Oversight]:
        """Return who watches over whom."""
        return [
            Oversight(auditor=entry.id, agency=each, article=entry.under)
            for entry in self.agencies
            for each in entry.oversees
        ]


def read_personas() -> Personas:
    """Read the file beside this module."""
    return Personas.model_validate(read_yaml(_FILE.read_text("utf-8")))
