"""The directory as a file writes it: agencies, officers, who watches over whom."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, field_validator, model_validator

from models.agencies import (
    Agency,
    AgencyKind,
    AgencyName,
    Officer,
    OfficerFunction,
    Oversight,
)
from models.events import INSTALLATION
from models.handling import Article
from models.ids import AgencyId, OfficerId
from models.messages.codes import is_code
from models.texts import Words
from models.values import Value


def _taken_in(identifier: AgencyId) -> AgencyId:
    if identifier == INSTALLATION:
        raise ValueError(f"`{INSTALLATION}` is what all agencies run on, and none")
    if not is_code(identifier):
        raise ValueError("the id of an agency has at most 8 digits")
    return identifier


# PostgreSQL cuts off what is longer than 63 in the name of the agency's own role.
EnteredId = Annotated[
    AgencyId,
    Field(pattern="^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=40),
    AfterValidator(_taken_in),
]
"""The id of an agency: its files and its role are called by it."""

_ServiceNumber = Annotated[str, Field(pattern=r"^\S+(?: \S+)*$", max_length=40)]


def _is_officer(identifier: str) -> bool:
    return is_code(identifier) and identifier.count("/") == 1


class EnteredName(AgencyName):
    """What people call a body; it says something in each language."""

    fr: Words
    nl: Words
    de: Words
    en: Words


class EnteredOfficer(Value):
    """An officer of the agency under which this stands."""

    functions: Annotated[frozenset[OfficerFunction], Field(min_length=1)]
    service_number: _ServiceNumber


class EnteredAgency(Value):
    """An agency with its officers, by the part of their id after the agency's.

    Its auditors watch over those that it `oversees`, `under` an article.
    """

    id: EnteredId
    kind: AgencyKind
    name: EnteredName
    officers: dict[str, EnteredOfficer] = {}
    oversees: tuple[AgencyId, ...] = ()
    under: Article | None = None

    @model_validator(mode="after")
    def _check(self) -> EnteredAgency:
        ids = [f"{self.id}/{name}" for name in self.officers]
        numbers = [each.service_number for each in self.officers.values()]
        if not all(map(_is_officer, ids)):  # acts name officers, and take no others
            raise ValueError(
                "an officer is named by at most 40 letters, digits, `.`, `-` or `_`, "
                "and by at most 8 digits together with the agency"
            )
        if len({*numbers}) < len(numbers):
            raise ValueError("two officers have the same service number")
        if len({*self.oversees, self.id}) < len(self.oversees) + 1:
            raise ValueError("`oversees` names an agency twice, or this one itself")
        if bool(self.oversees) != bool(self.under):
            raise ValueError("`oversees` and its article, `under`, go together")
        return self


class Directory(Value):
    """What a file says of the directory; nodes publish the keys of their agencies."""

    agencies: Annotated[tuple[EnteredAgency, ...], Field(min_length=1)]

    @field_validator("agencies")
    @classmethod
    def _check(cls, agencies: tuple[EnteredAgency, ...]) -> tuple[EnteredAgency, ...]:
        if len({each.id for each in agencies}) < len(agencies):
            raise ValueError("an agency is there twice")
        return agencies

    def bodies(self) -> list[Agency]:
        """Return every agency, with no key published yet."""
        return [
            Agency(
                id=each.id,
                kind=each.kind,
                name=AgencyName(**dict(each.name)),
                certificates=(),
                statement=b"",
            )
            for each in self.agencies
        ]

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
            Oversight(auditor=each.id, agency=overseen, article=each.under)
            for each in self.agencies
            for overseen in each.oversees
            if each.under
        ]
