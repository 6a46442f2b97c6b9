"""Numbers by which a case is looked up: of enterprises, establishments and persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from models.errors import InvalidInput
from models.identifiers import (
    parse_enterprise_number,
    parse_establishment_number,
    parse_national_number,
)
from models.items import ItemKind
from models.values import Value


class NumberKind(StrEnum):
    """What a number is of; the same digits of another kind are another number."""

    ENTERPRISE = "enterprise"
    ESTABLISHMENT = "establishment"
    NATIONAL = "national"


class Number(Value):
    """A number whose check digits hold, as digits only."""

    kind: NumberKind
    digits: str


WITH_NUMBERS = frozenset(
    {
        ItemKind.SUBJECT_CARD,
        ItemKind.QUESTION,
        ItemKind.REGISTER_QUERY,
        ItemKind.ADVICE_REQUEST,
    }
)
"""Items that say whom a case is about: the subject card, or what left of it."""

_PARSE = {
    NumberKind.ENTERPRISE: parse_enterprise_number,
    NumberKind.ESTABLISHMENT: parse_establishment_number,
    NumberKind.NATIONAL: parse_national_number,
}
# As the subject card names them, and as they leave with a question.
_OF_SUBJECT = {
    "enterprise_number": NumberKind.ENTERPRISE,
    "id.kbo": NumberKind.ENTERPRISE,
    "establishment_number": NumberKind.ESTABLISHMENT,
    "id.est": NumberKind.ESTABLISHMENT,
}
_OF_PERSON = {
    "national_number": NumberKind.NATIONAL,
    "id.rn": NumberKind.NATIONAL,
}
_VAT = re.compile(r"\s*BE", re.I)


def parse_number(text: str) -> Number:
    """Return a number of any kind; which one, its length and first digit tell.

    Raises:
        InvalidInput: says what is wrong without repeating what was typed.
    """
    digits = re.sub(r"\D", "", text)
    if len(digits) not in (10, 11):
        raise InvalidInput(
            f"the number is not valid: it has {len(digits)} digits",
            help="give the ten digits of an enterprise or establishment, or the"
            " eleven of a national number",
        )
    if len(digits) == 11:
        kind = NumberKind.NATIONAL
    elif digits[0] in "01" or _VAT.match(text):
        kind = NumberKind.ENTERPRISE
    else:
        kind = NumberKind.ESTABLISHMENT
    return Number(kind=kind, digits=check_number(kind, text))


def check_number(kind: NumberKind, text: str) -> str:
    """Return a number of a kind as digits only.

    Raises:
        InvalidInput: says what is wrong without repeating what was typed.
    """
    return _PARSE[kind](text)


def numbers_in(content: object) -> frozenset[Number]:
    """Return the numbers in a subject card, or in what a question says of it.

    What came from elsewhere may have any form: what is no number counts as none.
    """
    if not isinstance(content, Mapping):
        return frozenset()
    about = content.get("about", content)
    if not isinstance(about, Mapping):
        return frozenset()
    persons = about.get("persons")
    people = persons if isinstance(persons, list) else []
    found = set(_named(about, _OF_SUBJECT))
    for person in people:
        found |= set(_named(person, _OF_PERSON))
    return frozenset(found)


def _named(holder: object, names: Mapping[str, NumberKind]) -> Iterator[Number]:
    if not isinstance(holder, Mapping):
        return
    for name, kind in names.items():
        written = holder.get(name)
        if isinstance(written, str):
            try:
                yield Number(kind=kind, digits=_PARSE[kind](written))
            except InvalidInput:
                continue
