"""The mayor's opening decision: who and what a case is about, and what must hold."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from acts import cases
from acts.cases import Opening
from acts.performing import Done
from acts.seat import Seat
from models.errors import InvalidInput
from models.identifiers import may_be_born_on, parse_national_number
from models.ids import OfficerId
from models.law.decisions import GateScope, Precondition
from models.numbers import NumberKind
from models.packs import Pack
from models.secrecy import Secrecy
from models.subjects import read_subject_card
from web.forms import parts
from web.forms.fields import Choice, Field, Filled, Kind, Person
from web.languages import words
from web.words.people import TOLD_OUTSIDE

TITLE = words("Open a case")
ADD = words("Add another person")
SAVE_IT = words("Save as a draft")
MOST = 20
"""Persons that a page has room for; the first must be there."""

SAVE, DRAFT = "save", "draft"
"""The button that keeps what was typed, and the field that says in which draft."""

_NOT_KEPT = (parts.MORE, SAVE, DRAFT)

_SECRECY = tuple(Choice(each, TOLD_OUTSIDE[each]) for each in Secrecy)
OUTSIDERS = Field(
    "secrecy", words("Outsiders who ask whether it exists"), Kind.ONE,
    choices=_SECRECY, given=Secrecy.INVISIBLE,
    help=words("Other agencies that ask whether there is a case on this enterprise."),
)  # fmt: skip
_OF_A_PERSON = {
    "name": words("Name"),
    "first_name": words("First name"),
    "birth_date": words("Day of birth"),
    "national_number": words("National number"),
    "address": words("Address"),
}
_TO_COME = words("this day is still to come")
_OTHER_DAY = words("the national number tells another day of birth")
_NEEDED = ("name", "first_name")
_PERSON = words("Person")
_ENTERPRISE = Field(
    "enterprise_number", words("Enterprise number"), number=NumberKind.ENTERPRISE,
    example="0308.357.159",
)  # fmt: skip
_ESTABLISHMENT = Field(
    "establishment_number", words("Establishment number"), required=False,
    number=NumberKind.ESTABLISHMENT,
)  # fmt: skip


def typed(filled: Filled) -> dict[str, list[str]]:
    """Return what a draft keeps of a form; files are not among it."""
    given = filled.values.items()
    return {name: [*said] for name, said in given if name not in _NOT_KEPT}


def fields(
    pack: Pack, persons: int = 1, officers: Sequence[str] = ()
) -> Sequence[Field]:
    """Return what an opening asks on this route, with room for so many persons.

    `officers` are those of one's own agency who may be named to work on it too.
    """
    gates = [row for row in pack.preconditions if row.scope is not GateScope.DUTY]
    held = tuple(_held(row) for row in gates)
    activities = pack.scope.activities if pack.scope else ()
    listed = tuple(Choice(row.code, row.label, row.article) for row in activities)
    return (
        Field("activity", words("Activity"), Kind.ONE, choices=listed),
        Field(
            "permit", words("A permit is needed"), Kind.YES, False, given="yes",
            help=words("Which measures can be proposed later depends on it."),
        ),
        Field(
            "preconditions", words("What holds"), Kind.SOME, False, choices=held,
            help=words("The law refuses if one that is always needed is not ticked."),
        ),
        _ENTERPRISE,
        Field("enterprise_name", words("Name of the enterprise")),
        _ESTABLISHMENT,
        Field("establishment_name", words("Name of the establishment"), required=False),
        Field("address", words("Address")),
        *(each for n in range(1, persons + 1) for each in _person(pack, n)),
        Field("facts", words("What gives cause to the inquiry"), Kind.TEXT),
        Field(
            "designated", words("Officers who work on it"), Kind.SOME, False,
            choices=tuple(Choice(each, Person(each)) for each in officers),
            article="NLC 119ter §3",
            help=words("They read the case and do its work beside you."),
        ),
        OUTSIDERS,
    )  # fmt: skip


def _held(row: Precondition) -> Choice:
    always = row.scope is GateScope.ALWAYS
    beside = words("always needed") if always else None
    return Choice(row.code, row.label, row.article, beside)


def _person(pack: Pack, number: int) -> Iterator[Field]:
    roles = tuple(Choice(row.code, row.label, row.article) for row in pack.persons)
    first = number == 1
    together = Field("", "", group=_PERSON, part=str(number))
    yield replace(
        together, name=f"role-{number}", label=words("Role of the person"),
        kind=Kind.ONE, required=first, choices=roles, given=roles[0].value,
    )  # fmt: skip
    for name, label in _OF_A_PERSON.items():
        yield replace(
            together,
            name=f"{name}-{number}",
            label=label,
            kind=Kind.DAY if name == "birth_date" else Kind.LINE,
            required=first and name in _NEEDED,
            number=NumberKind.NATIONAL if name == "national_number" else None,
            example="85.07.30-033.28" if name == "national_number" else "",
        )


def perform(seat: Seat, pack: Pack, filled: Filled) -> Awaitable[Done]:
    """Open the case.

    Raises:
        InvalidInput: names every field of the subject card that does not hold.
    """
    if births := dict(_impossible_births(filled, seat.desk.today)):
        raise InvalidInput(
            "a day of birth cannot be",
            help="correct what is named and try again",
            faults=births,
        )
    opening = Opening(
        route=pack.id,
        activity=filled.text("activity"),
        permit_regime=filled.yes("permit"),
        preconditions=filled.some("preconditions"),
        subject=read_subject_card(_subject(filled)),
        facts=filled.text("facts"),
        designated=tuple(OfficerId(o) for o in filled.some("designated")),
        secrecy=Secrecy(filled.text("secrecy")),
    )
    return cases.open_case(seat.desk, seat.officer, opening)


def _impossible_births(filled: Filled, today: date) -> Iterator[tuple[str, str]]:
    """Yield the fields of days that nobody named was born on, each with why."""
    for number in range(1, parts.room(filled, MOST) + 1):
        field = f"birth_date-{number}"
        if not (born := filled.day_if_given(field)):
            continue
        digits = filled.text(f"national_number-{number}")
        if born > today:
            yield field, _TO_COME
        elif digits and not may_be_born_on(parse_national_number(digits), born):
            yield field, _OTHER_DAY


def _subject(filled: Filled) -> dict[str, object]:
    named = ("enterprise_number", "enterprise_name", "address")
    optional = ("establishment_number", "establishment_name")
    card: dict[str, object] = {name: filled.text(name) for name in named}
    card |= {name: filled.text(name) for name in optional if filled.text(name)}
    return {**card, "persons": list(_persons(filled))}


def _persons(filled: Filled) -> Iterator[dict[str, str | date]]:
    for number in range(1, parts.room(filled, MOST) + 1):
        said = {name: filled.text(f"{name}-{number}") for name in _OF_A_PERSON}
        if any(said.values()):
            given = {name: words for name, words in said.items() if words}
            yield {"role": filled.text(f"role-{number}"), **given}
