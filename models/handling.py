"""The conditions that travel with an item."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.values import Value


class Regime(StrEnum):
    """The data-protection regime an item is under (LVP titles 1 to 3)."""

    GDPR = "gdpr"
    POLICE = "police"
    JUDICIAL = "judicial"
    INTELLIGENCE = "intelligence"


class HandlingCode(StrEnum):
    """Europol handling codes."""

    H0 = "H0"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"


class SourceGrade(StrEnum):
    """First half of the 4x4 grade: how far the source is trusted."""

    A = "A"
    B = "B"
    C = "C"
    X = "X"


class InformationGrade(StrEnum):
    """Second half of the 4x4 grade: how far the information is known."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"


class Nature(StrEnum):
    """Fact or assessment (LVP art. 32 §1)."""

    FACT = "fact"
    ASSESSMENT = "assessment"


# The short name of a law in capitals, then what it numbers: `L24 21 §1 al.4`.
_CITATION = r"[A-Z][A-Z0-9-]{1,9}(?: art\.)?(?: [^\s;]{0,9}\d[^\s;]{0,12})+"
Article = Annotated[
    str, Field(max_length=80, pattern=rf"^{_CITATION}(?:; {_CITATION})*$")
]
"""A reference to legal texts. It reaches the log in clear, so it has no room for words:
every one after the law's short name holds a number."""


class Handling(Value):
    """What may be done with an item, set by its originator at birth.

    Attributes:
        basis: article under which the originator gives it.
        purpose: what it may be used for.
        disclosable: may appear in the advice or decision shown to the operator.
        judicial_hold: the prosecutor restricts its use for now.
        fact_date, collected_on, processed_on: the ages that the filters test.
        expires_on: last day on which it may be read.
    """

    basis: Article
    purpose: str = "integrity_inquiry"
    regime: Regime = Regime.GDPR
    code: HandlingCode = HandlingCode.H0
    source_grade: SourceGrade = SourceGrade.X
    information_grade: InformationGrade = InformationGrade.FOUR
    nature: Nature = Nature.FACT
    validated: bool = False
    disclosable: bool = False
    judicial_hold: bool = False
    fact_date: date | None = None
    collected_on: date | None = None
    processed_on: date | None = None
    expires_on: date | None = None
