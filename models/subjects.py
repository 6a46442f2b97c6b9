"""The subject card: names, numbers and addresses of those concerned. Always sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from models.errors import InvalidInput
from models.identifiers import (
    parse_enterprise_number,
    parse_establishment_number,
    parse_national_number,
)
from models.values import Value


def _checked(parse: Callable[[str], str]) -> AfterValidator:
    def check(text: str) -> str:
        try:
            return parse(text)
        except InvalidInput as error:
            raise ValueError(error.message) from None

    return AfterValidator(check)


EnterpriseNumber = Annotated[str, _checked(parse_enterprise_number)]
EstablishmentNumber = Annotated[str, _checked(parse_establishment_number)]
NationalNumber = Annotated[str, _checked(parse_national_number)]
Words = Annotated[str, Field(min_length=1)]


class Person(Value):
    """A natural person, in one of the roles of the pack (`pers.0` is in charge)."""

    role: str = "pers.0"
    name: Words
    first_name: Words
    birth_date: date | None = None
    address: str = ""
    national_number: NationalNumber | None = None


class SubjectCard(Value):
    """Who and what a case is about (119quater §2; 119quinquies §2)."""

    enterprise_number: EnterpriseNumber
    enterprise_name: Words
    establishment_number: EstablishmentNumber | None = None
    establishment_name: str = ""
    address: Words
    persons: tuple[Person, ...] = Field(min_length=1)
    language: str = "fr"

    def minimal(self, allowed: frozenset[str]) -> dict[str, object]:
        """Return only the identifiers whose codes may leave with a request."""
        known: dict[str, object] = {
            "id.kbo": self.enterprise_number,
            "id.est": self.establishment_number,
            "id.addr": self.address,
        }
        chosen = {
            code: known[code] for code in known if code in allowed and known[code]
        }
        persons = [_minimal_person(person, allowed) for person in self.persons]
        return {**chosen, "persons": persons}


def read_subject_card(values: dict[str, object]) -> SubjectCard:
    """Build a subject card from what a form or file holds.

    Raises:
        InvalidInput: names the first field that does not hold, and why.
    """
    try:
        return SubjectCard.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(
            f"`{field}` does not hold: {first['msg'].removeprefix('Value error, ')}",
            help="correct it in the subject file and try again",
        ) from None


def _minimal_person(person: Person, allowed: frozenset[str]) -> dict[str, object]:
    known: dict[str, object] = {
        "id.name": person.name,
        "id.first": person.first_name,
        "id.dob": person.birth_date.isoformat() if person.birth_date else None,
        "id.addr": person.address,
        "id.rn": person.national_number,
    }
    return {code: known[code] for code in known if code in allowed and known[code]}
