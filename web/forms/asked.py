"""Fields that several questions share: whom to ask, and what the register says."""

from __future__ import annotations

from collections.abc import Sequence

from acts.pages.askable import questions_of
from models.ids import AgencyId
from models.law.sources import SourceKind
from web.forms.fields import Barred, Body, Choice, Field, Filled, Kind
from web.forms.form import Place
from web.languages import words
from web.words.people import KINDS_OF_AGENCIES

HIT = Field(
    "hit",
    words("What the register says"),
    Kind.ONE,
    choices=(Choice("hit", words("a hit")), Choice("no", words("no hit"))),
)


def said_hit(filled: Filled, asked: Field = HIT) -> bool | None:
    """Return what the register says, if that was asked."""
    said = filled.text(asked.name)
    return said == "hit" if said else None


def whom_to_ask(place: Place, kind: SourceKind) -> Field:
    """Return whom may be asked what today, each with its article.

    The value is the number in the closed list and the agency, with a blank between.
    """
    found = questions_of(place.seat.desk, place.seat.officer, place.case, kind)
    choices = tuple(
        Choice(
            f"{row.source.code} {agency.id}",
            row.source.label,
            row.source.article,
            beside=Body(agency.id),
        )
        for row in found.open
        for agency in row.agencies
    )
    return Field("to", words("Whom to ask"), Kind.ONE, choices=choices)


def who_was_chosen(filled: Filled) -> tuple[str, AgencyId]:
    """Return what was chosen in `whom_to_ask`: the number, and the agency."""
    source, _, agency = filled.text("to").partition(" ")
    return source, AgencyId(agency)


def barred(place: Place, kind: SourceKind) -> Sequence[Barred]:
    """Return what may not be asked today, and the doors that the law keeps closed."""
    found = questions_of(place.seat.desk, place.seat.officer, place.case, kind)
    refused = [
        Barred(
            what=row.source.label,
            why=row.refusal.message,
            article=row.source.article,
            instead=row.refusal.help,
        )
        for row in found.closed
        if row.refusal is not None
    ]
    doors = [
        Barred(
            KINDS_OF_AGENCIES[door.agency_kind],
            door.reason,
            door.article,
            door.alternative,
        )
        for door in found.doors
    ]
    return (*refused, *doors)


def keepers(place: Place, kind: SourceKind) -> Field:
    """Return the agencies behind a kind of source, whatever may be asked of them."""
    found = questions_of(place.seat.desk, place.seat.officer, place.case, kind)
    rows = (*found.open, *found.closed)
    agencies = dict.fromkeys(each.id for row in rows for each in row.agencies)
    choices = tuple(Choice(each, Body(each)) for each in agencies)
    return Field("to", words("Agency"), Kind.ONE, choices=choices)
