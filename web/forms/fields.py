"""Fields of a form, and what somebody filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from models.days import can_be
from models.errors import InvalidInput
from models.handling import is_article
from models.law.rows import Label
from models.numbers import NumberKind, check_number, parse_number
from models.texts import says_something
from web.languages import words

LONGEST = 20_000
"""Characters in one field; longer texts are documents."""

MOST_FILES = 8
"""Documents that one form may bring."""

CHOSEN = "chosen-"
"""Before the name of a field: which document was chosen in it a round before.

A browser does not choose a document again by itself.
"""

NumberWanted = NumberKind | Literal["any"]
"""What a number is to be of; the digits of any tell it."""


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    ONE = "one"
    SOME = "some"
    YES = "yes"
    FILE = "file"


@dataclass(frozen=True)
class Body:
    """An agency by its id; a page says its name."""

    id: str


@dataclass(frozen=True)
class Person:
    """An officer by `AGENCY/NAME`; a page says function and service number."""

    id: str


Said = Label | Body | Person | date | str
"""What a page says in its own language; a string is a sentence of ours, in English."""


@dataclass(frozen=True)
class Choice:
    """One of what can be chosen: what stands beside it, and the article that lets it.

    An instant stands beside as one; a day as a day.
    """

    value: str
    label: Said
    article: str = ""
    beside: Said | None = None


@dataclass(frozen=True)
class About:
    """What fields that stand together are about, and on which page it can be read."""

    said: Sequence[Said]
    page: str


@dataclass(frozen=True)
class Field:
    """One field; `label`, `help`, `group` and `needed` are translated where shown.

    `needed` is when a field that may be left empty has to be filled in. `article` is
    why it is asked, `example` what is typed. Fields with the same `group` and `part`
    stand together, under what they are `about`. `number` is what its check digits are
    tested as; what `cites` must have the form of an article.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    required: bool = True
    help: str = ""
    article: str = ""
    example: str = ""
    choices: Sequence[Choice] = ()
    given: str = ""
    group: str = ""
    part: str = ""
    about: About | None = None
    number: NumberWanted | None = None
    cites: bool = False
    needed: str = ""


@dataclass(frozen=True)
class Barred:
    """What cannot be chosen: why, under which article, and what can be done instead."""

    what: Label | str
    why: Label | str
    article: str
    instead: Label | str


@dataclass(frozen=True)
class GivenFile:
    """A file as it came, with the name that it had."""

    name: str
    body: bytes

    @cached_property
    def digest(self) -> str:
        """Return its SHA-256, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class Filled:
    """What was filled in, as text; files apart. Faults name their field."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, GivenFile] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the words of a field; empty if there are none."""
        said = (each.strip() for each in self.values.get(name, ()))
        return next((each for each in said if says_something(each)), "")

    def some(self, name: str) -> tuple[str, ...]:
        """Return everything that was chosen."""
        return tuple(self.values.get(name, ()))

    def yes(self, name: str) -> bool:
        """Tell whether a box was ticked."""
        return bool(self.text(name))

    def day(self, name: str) -> date:
        """Return the day of a required field, which `faults_of` has found to be one."""
        return date.fromisoformat(self.text(name))

    def day_if_given(self, name: str) -> date | None:
        """Return the day of a field that may be left empty."""
        return self.day(name) if self.text(name) else None

    def file(self, name: str) -> GivenFile | None:
        """Return a file, if one was given."""
        return self.files.get(name)

    def chosen(self, name: str) -> str:
        """Return which document a field brings, or brought a round before, by name."""
        given = self.files.get(name)
        return given.name if given else self.text(CHOSEN + name)

    def lost(self, name: str) -> bool:
        """Tell whether a document was chosen a round before, and none is there now."""
        return name not in self.files and bool(self.chosen(name))


ACCEPTED = words("PDF, PNG, JPEG, office document or text, at most 20 MB")
MISSING = words("fill this in")
TOO_LONG = words("this is too long: give it as a document")
TOO_LONG_HERE = words("this is too long: at most 20,000 characters fit here")
"""Where the form takes no document."""
NO_DAY = words("this is no day: write it as 2026-03-31")
NO_ARTICLE = words("this is no article: write it as NLC 119ter §6")
NO_CHOICE = words("choose one of these")


def faults_of(fields: Sequence[Field], filled: Filled) -> dict[str, str]:
    """Return what does not hold, by field; acts check the rest."""
    takes_documents = any(each.kind is Kind.FILE for each in fields)
    too_long = TOO_LONG if takes_documents else TOO_LONG_HERE
    found = {each.name: _fault(each, filled, too_long) for each in fields}
    return {name: fault for name, fault in found.items() if fault}


def _fault(asked: Field, filled: Filled, too_long: str) -> str:
    given = [each for each in filled.some(asked.name) if says_something(each)]
    if asked.kind is Kind.FILE and asked.name in filled.files:
        return ""
    if asked.kind is Kind.FILE and filled.lost(asked.name):
        return _lost(filled.chosen(asked.name))
    if not given:
        return MISSING if asked.required else ""
    if any(len(each) > LONGEST for each in given):
        return too_long
    if asked.kind in (Kind.ONE, Kind.SOME):
        known = {choice.value for choice in asked.choices}
        return "" if known.issuperset(given) else NO_CHOICE
    return _misspelt(asked, given[0].strip())


def _misspelt(asked: Field, typed: str) -> str:
    """Return what is wrong with something that is written in one way only."""
    if asked.number is not None:
        return what_is_wrong(asked.number, typed)
    if asked.cites and not is_article(typed):
        return NO_ARTICLE
    if asked.kind is Kind.DAY and not _is_day(typed):
        return NO_DAY
    return ""


def _lost(document: str) -> str:
    """Return what is said once of a document that nobody chose again."""
    return (
        f"the document `{document}` that you chose before is not there: choose it"
        " again, or press once more to go on without it"
    )


def what_is_wrong(kind: NumberWanted, typed: str) -> str:
    """Return what is wrong with a number, which is not repeated; empty if it holds."""
    try:
        if kind == "any":
            parse_number(typed)
        else:
            check_number(kind, typed)
    except InvalidInput as error:
        return error.message
    return ""


def _is_day(said: str) -> bool:
    try:
        return can_be(date.fromisoformat(said))
    except ValueError:
        return False
