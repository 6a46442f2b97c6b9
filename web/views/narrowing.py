"""Which entries of the trail an auditor asks for: filled in on a page, as a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from starlette.datastructures import QueryParams

from acts.seat import Seat
from models.act_kinds import ActKind
from models.errors import EstafetteError, InvalidInput, NotFound
from models.events import EventKind
from models.ids import CaseId, ItemId
from models.trail import Wanted
from web.forms.fields import Choice, Field, Filled, Kind, faults_of
from web.forms.ids import id_meant
from web.languages import words
from web.words.said import SAID

_LARGEST_NUMBER = 1_000
NO_NUMBER = words("this is no number from 1 to 1000")
NO_OFFICER = words("write an officer as AGENCY/NAME")

BEGINS = words("The whole id, or how it begins: 4 characters or more.")
CASE = Field("case", words("Case"), required=False, help=BEGINS, example="3f2a91c0")
ITEM = Field("item", words("Item"), required=False, help=BEGINS, example="3f2a91c0")
OFFICER = Field(
    "officer",
    words("Officer"),
    required=False,
    help=words("By or about this officer, as AGENCY/NAME."),
    example="pz-midi/analyst",
)
SINCE = Field("since", words("From this day on"), Kind.DAY, required=False)
UNTIL = Field("until", words("Up to this day"), Kind.DAY, required=False)
KIND = Field(
    "kind",
    words("Kind"),
    Kind.ONE,
    required=False,
    choices=tuple(Choice(each, SAID[each]) for each in [*ActKind, *EventKind]),
)
ENTRIES = (CASE, ITEM, OFFICER, SINCE, UNTIL)
"""What narrows the trail wherever a part of it is asked for."""

AFTER = "after"
_IDS = {"case": "case of the trail", "item": "item of the trail"}


@dataclass(frozen=True)
class Narrowing:
    """What was filled in to narrow the trail; with faults nothing is looked for.

    `refused` is what the trail said to it, if that is about one of the fields.
    """

    fields: Sequence[Field]
    filled: Filled
    faults: Mapping[str, str]
    refused: EstafetteError | None = None

    @property
    def wanted(self) -> Wanted:
        """Return it as the trail takes it; there are no faults."""
        case, item = self.filled.text("case"), self.filled.text("item")
        kind = self.filled.text("kind")
        return Wanted(
            case=CaseId(UUID(case)) if case else None,
            item=ItemId(UUID(item)) if item else None,
            officer=self.filled.text("officer"),
            since=self.filled.day_if_given("since"),
            until=self.filled.day_if_given("until"),
            kinds=(kind,) if kind else (),
        )

    @property
    def after(self) -> UUID | None:
        """Return the row that the page follows, if it is not the first."""
        after = self.filled.text(AFTER)
        return UUID(after) if after else None

    @property
    def given(self) -> dict[str, str]:
        """Return what its fields say, as an address does, without those left empty."""
        said = {each.name: self.filled.text(each.name) for each in self.fields}
        return {name: text for name, text in said.items() if text}

    def refusing(self, error: EstafetteError) -> Narrowing:
        """Return it with what was refused, at the field that this is about.

        Raises:
            EstafetteError: the error itself, which is about none of the fields.
        """
        name = str(error.details.get("field", ""))
        if name not in {each.name for each in self.fields}:
            raise error
        return replace(self, faults={name: error.message}, refused=error)

    def number(self, name: str) -> int:
        """Return a field that holds a number."""
        return int(self.filled.text(name))


def narrowing(
    seat: Seat,
    given: Mapping[str, Sequence[str]],
    fields: Sequence[Field],
    numbers: Sequence[str] = (),
) -> Narrowing:
    """Return what a query string or form says of these fields.

    Fields of `numbers` hold one; where nothing is given, what the field begins with
    counts. A case or an item is found by how its id begins, and stands whole then.

    Raises:
        InvalidInput: the page that is asked for cannot be one.
    """
    begun = {each.name: (each.given,) for each in fields if each.given}
    filled = Filled(begun | {name: said for name, said in given.items() if any(said)})
    if filled.text(AFTER) and not _is_id(filled.text(AFTER)):
        raise InvalidInput("there is no such page of the list", help="begin again")
    faults = faults_of(fields, filled)
    ids, wrong = _ids_meant(seat, filled)
    filled, faults = Filled({**filled.values, **ids}), faults | wrong
    faults |= {n: NO_NUMBER for n in numbers if not _is_number(filled.text(n))}
    officer = filled.text("officer")
    if officer and not all(officer.partition("/")):
        faults["officer"] = NO_OFFICER
    return Narrowing([replace(each, given="") for each in fields], filled, faults)


def queried(given: QueryParams) -> dict[str, list[str]]:
    """Return what a query string says, by name."""
    return {name: given.getlist(name) for name in given}


def _ids_meant(
    seat: Seat, filled: Filled
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return whole ids by field, and what is wrong with those that mean none."""
    found: dict[str, tuple[str, ...]] = {}
    faults: dict[str, str] = {}
    for name, what in _IDS.items():
        if typed := filled.text(name):
            try:
                found[name] = (str(id_meant(seat, what, typed)),)
            except (InvalidInput, NotFound) as error:
                faults[name] = error.message
    return found, faults


def _is_id(said: str) -> bool:
    try:
        UUID(said)
    except ValueError:
        return False
    return True


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= _LARGEST_NUMBER
