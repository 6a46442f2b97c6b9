"""The fields that say how an item may be handled, the same wherever one is given."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from models.handling import (
    DataSubject,
    Handling,
    HandlingCode,
    InformationGrade,
    Nature,
    Regime,
    SourceGrade,
    Tlp,
)
from web.forms.fields import Choice, Field, Filled, Kind
from web.forms.form import Place
from web.languages import words
from web.words.handling import HANDLING, INFORMATION, SOURCES

_GRADES = tuple(
    Choice(f"{source}{known}", SOURCES[source], beside=INFORMATION[known])
    for source in SourceGrade
    for known in InformationGrade
)


def _of(enumeration: type[StrEnum]) -> tuple[Choice, ...]:
    """Return the members as choices."""
    return tuple(Choice(each, HANDLING[each]) for each in enumeration)


FIELDS = (
    Field(
        "nature", words("Fact or assessment"), Kind.ONE,
        article="LVP 32 §1", choices=_of(Nature), given=Nature.FACT.value,
    ),
    Field(
        "validated", words("It was checked before it was given"), Kind.YES, False,
        help=words("Unless this is ticked, a decision can cite no assessment, and"
                   " nothing of police or justice that is graded 4."),
    ),
    Field(
        "disclosable", words("It may appear in what the person will read"), Kind.YES,
        False, article="L24 24 §2",
        help=words("Only what is ticked can be cited by a decision; the rest guides"
                   " the inquiry."),
    ),
    Field(
        "judicial_hold", words("The prosecutor restricts its use"), Kind.YES, False,
        article="NLC 119ter §16",
    ),
    Field(
        "grade", words("Grade of source and information (4x4)"), Kind.ONE,
        choices=_GRADES, given="X4",
        help=words("The 4x4 system of Europol: how far the source is trusted, how far"
                   " the information is known."),
    ),
    Field(
        "code", words("Handling code"), Kind.ONE, choices=_of(HandlingCode),
        given=HandlingCode.H0.value, help=words("As Europol has them."),
    ),
    Field(
        "tlp", words("Traffic light label"), Kind.ONE, choices=_of(Tlp),
        given=Tlp.NONE.value, help=words("Traffic Light Protocol 2.0, of FIRST."),
    ),
    Field(
        "data_subject", words("Whom it speaks of"), Kind.ONE,
        choices=_of(DataSubject), given=DataSubject.UNDISTINGUISHED.value,
        help=words("Directive (EU) 2016/680, art. 6: told apart as far as possible."),
    ),
    Field(
        "regime", words("Data protection it is under"), Kind.ONE, choices=_of(Regime),
        article="LVP",
        help=words("Police for data of police work, judicial for a file of the"
                   " prosecutor or a court, intelligence for data of an intelligence"
                   " service, general for all others. In doubt, ask your"
                   " data-protection officer. Titles 1 to 3:"),
    ),
    Field("collected_on", words("Collected on"), Kind.DAY, False),
    Field("processed_on", words("Processed on"), Kind.DAY, False),
    Field("expires_on", words("Last day on which it may be read"), Kind.DAY, False),
)  # fmt: skip
OF_AN_INQUIRY = tuple(
    replace(each, given=Regime.GDPR.value) if each.name == "regime" else each
    for each in FIELDS
)
"""The same for what a municipality finds by itself: its inquiry is under the GDPR."""


def handling_in(place: Place, filled: Filled, basis: str) -> Handling:
    """Return the conditions that were filled in; `basis` is the article behind them."""
    grade = filled.text("grade")
    today = place.seat.today
    return Handling(
        basis=basis,
        nature=Nature(filled.text("nature")),
        validated=filled.yes("validated"),
        disclosable=filled.yes("disclosable"),
        judicial_hold=filled.yes("judicial_hold"),
        source_grade=SourceGrade(grade[0]),
        information_grade=InformationGrade(grade[1]),
        code=HandlingCode(filled.text("code")),
        tlp=Tlp(filled.text("tlp")),
        data_subject=DataSubject(filled.text("data_subject")),
        regime=Regime(filled.text("regime")),
        collected_on=filled.day_if_given("collected_on") or today,
        processed_on=filled.day_if_given("processed_on") or today,
        expires_on=filled.day_if_given("expires_on"),
    )
