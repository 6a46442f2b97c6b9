"""The options that say how an item may be handled, the same wherever one is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from commands.terminal.options import article, day
from models.errors import InvalidInput
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

_GRADE = re.compile(r"([ABCX])([1-4])", re.IGNORECASE)


@dataclass(frozen=True)
class HandlingOptions:
    """The conditions that travel with an item, set by its originator at birth."""

    basis: Annotated[
        str | None, article("--basis", help="Why you may give it; else the source's.")
    ] = None
    fact: Annotated[
        bool, typer.Option("--fact/--assessment", help="What it is (LVP art. 32 §1).")
    ] = True
    validated: Annotated[
        bool, typer.Option("--validated", help="It was checked before it was given.")
    ] = False
    disclosable: Annotated[
        bool,
        typer.Option(
            "--disclosable",
            help="It may appear in what the operator will read; only such facts may be"
            " cited (L24 24 §2).",
        ),
    ] = False
    judicial_hold: Annotated[
        bool,
        typer.Option(
            "--judicial-hold", help="The prosecutor restricts its use (119ter §16)."
        ),
    ] = False
    grade: Annotated[
        str, typer.Option(metavar="A1..X4", help="4x4 grade of source and information.")
    ] = "X4"
    code: Annotated[
        HandlingCode, typer.Option(help="Handling code.", case_sensitive=False)
    ] = HandlingCode.H0
    tlp: Annotated[
        Tlp, typer.Option(help="Traffic light label.", case_sensitive=False)
    ] = Tlp.NONE
    data_subject: Annotated[
        DataSubject, typer.Option(help="Whom it speaks of (LED art. 6).")
    ] = DataSubject.UNDISTINGUISHED
    regime: Annotated[
        Regime | None,
        typer.Option(
            help="Data-protection regime it is under (LVP titles 1 to 3). An answer"
            " must say it; own material is under the GDPR if this is left out."
        ),
    ] = None
    fact_date: Annotated[date | None, day("--fact-date", help="When it happened.")] = (
        None
    )
    collected_on: Annotated[
        date | None,
        day("--collected-on", help="When it was collected; today if left out."),
    ] = None
    processed_on: Annotated[
        date | None,
        day("--processed-on", help="When it was processed; today if left out."),
    ] = None
    expires_on: Annotated[
        date | None, day("--expires-on", help="Last day on which it may be read.")
    ] = None

    def handling(
        self, article: str, today: date, regime: Regime | None = None
    ) -> Handling:
        """Return the conditions; `article` and `regime` count where none was named.

        Raises:
            InvalidInput: the grade is none, or nothing says the regime.
        """
        regime = self.regime or regime
        if regime is None:
            raise InvalidInput(
                "nothing says under which data-protection regime this is",
                help=f"add `--regime` with one of: {', '.join(Regime)}",
            )
        source, information = _grade(self.grade)
        return Handling(
            basis=self.basis or article,
            regime=regime,
            code=self.code,
            tlp=self.tlp,
            data_subject=self.data_subject,
            source_grade=source,
            information_grade=information,
            nature=Nature.FACT if self.fact else Nature.ASSESSMENT,
            validated=self.validated,
            disclosable=self.disclosable,
            judicial_hold=self.judicial_hold,
            fact_date=self.fact_date,
            collected_on=self.collected_on or today,
            processed_on=self.processed_on or today,
            expires_on=self.expires_on,
        )


def _grade(given: str) -> tuple[SourceGrade, InformationGrade]:
    match = _GRADE.fullmatch(given)
    if match is None:
        raise InvalidInput(
            f"`{given}` is no 4x4 grade",
            help="give the source as A, B, C or X and the information as 1 to 4: B2",
        )
    return SourceGrade(match[1].upper()), InformationGrade(match[2])
