"""The subject card: names, numbers and addresses of those concerned. Always sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from models.errors import InvalidInput
from models.faults import faults
from models.identifiers import (
    may_be_born_on,
    parse_enterprise_number,
    parse_establishment_number,
    parse_national_number,
)
from models.texts import Words
from models.values import Value


def _checked(parse: Callable[[str], str]) -> AfterValidator:
    def check(text: str) -> str:
        try:
            return parse(text)
        except InvalidInput as error:
            raise ValueError(error.message.partition("is not valid: ")[2]) from None

    return AfterValidator(check)


EnterpriseNumber = Annotated[str, _checked(parse_enterprise_number)]
EstablishmentNumber = Annotated[str, _checked(parse_establishment_number)]
NationalNumber = Annotated[str, _checked(parse_national_number)]


# Under which code of the pack a field may leave; what is not here never leaves.
_CODES = {
    "enterprise_number": "id.kbo",
    "establishment_number": "id.est",
    "address": "id.addr",
}
_PERSON_CODES = {
    "name": "id.name",
    "first_name": "id.first",
    "birth_date": "id.dob",
    "address": "id.addr",
    "national_number": "id.rn",
}


class Person(Value):
    """A natural person, in one of the roles of the pack (`pers.0` is in charge)."""

    role: str = "pers.0"
    name: Words
    first_name: Words
    birth_date: date | None = None
    address: str = ""
    national_number: NationalNumber | None = None

    @model_validator(mode="after")
    def _was_born_once(self) -> Self:
        if self.birth_date and self.national_number:
            if not may_be_born_on(self.national_number, self.birth_date):
                raise ValueError("`birth_date` is not the day in `national_number`")
        return self


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
        chosen = _chosen(self, _CODES, allowed)
        persons = [_chosen(person, _PERSON_CODES, allowed) for person in self.persons]
        return {**chosen, "persons": persons}


def withheld(allowed: frozenset[str]) -> tuple[str, ...]:
    """Return the fields of a subject card that `minimal` leaves out."""
    own = [name for name in SubjectCard.model_fields if name != "persons"]
    kept = [name for name in own if _CODES.get(name) not in allowed]
    of_person = [
        f"persons.{name}"
        for name in Person.model_fields
        if _PERSON_CODES.get(name) not in allowed
    ]
    return (*kept, *of_person)


def read_subject_card(values: dict[str, object]) -> SubjectCard:
    """Build a subject card from what a form or file holds.

    Raises:
        InvalidInput: names every field that does not hold, and why.
    """
    try:
        return SubjectCard.model_validate(values)
    except ValidationError as error:
        raise InvalidInput(
            f"the subject card does not hold: {'; '.join(faults(error))}",
            help="correct what is named and try again",
        ) from None


def _chosen(
    holder: SubjectCard | Person, codes: dict[str, str], allowed: frozenset[str]
) -> dict[str, object]:
    known = holder.model_dump(mode="json")
    return {
        code: known[name]
        for name, code in codes.items()
        if code in allowed and known[name]
    }
