"""The conditions that travel with an item."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

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


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0 (FIRST): how far an item may go.

    Red stays with those it was given to by name; both ambers stay with the agencies
    that have it.
    """

    NONE = "none"
    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


class DataSubject(StrEnum):
    """Whom an item speaks of (Directive (EU) 2016/680, art. 6).

    The directive asks for the distinction as far as possible.
    """

    UNDISTINGUISHED = "undistinguished"
    SUSPECT = "suspect"
    CONVICTED = "convicted"
    VICTIM = "victim"
    OTHER = "other"


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


# The short name of a law in capitals, then what it numbers: `L24 22 §1 al.1, 2° a)`.
_NUMBER = r"[^\s;]{0,9}\d[^\s;]{0,12}"
_CITATION = rf"[A-Z][A-Z0-9-]{{1,9}}(?: art\.)?(?: {_NUMBER}(?: [a-z]\))?)+"
_LETTERS = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"\d{5}")


def _count(text: str) -> int:
    return sum(map(str.isnumeric, text))


def _hides_number(citation: str) -> bool:
    """Tell whether the ten digits of an enterprise or a person could stand here.

    What parts the digits does not count, unless it is a word such as `al.`.
    """
    law, _, rest = citation.partition(" ")
    return (
        _count(law) > 2
        or any(_count(word) > 6 for word in rest.split())
        or any(_count(between) > 7 for between in _LETTERS.split(rest))
    )


def _check_digits(article: str) -> str:
    if _YEAR.search(article) or any(map(_hides_number, article.split("; "))):
        raise ValueError("no article has that many digits")
    return article


Article = Annotated[
    str,
    Field(max_length=80, pattern=rf"^{_CITATION}(?:; {_CITATION})*$"),
    AfterValidator(_check_digits),
]
"""A reference to legal texts. It reaches the log in clear, so it has no room for words:
every one after the law's short name holds a number, and none the number of somebody."""
_ARTICLE: TypeAdapter[str] = TypeAdapter(Article)


def is_article(text: str) -> bool:
    """Tell whether somebody typed a reference to legal texts, as they are cited."""
    try:
        _ARTICLE.validate_python(text)
    except ValidationError:
        return False
    return True


class Handling(Value):
    """What may be done with an item, set by its originator at birth.

    Attributes:
        basis: article under which the originator gives it.
        regime: what a data subject may ask follows from it, so nobody presumes it.
        purpose: what it may be used for.
        tlp: a traffic light label, beside the handling code.
        data_subject: whom it speaks of.
        disclosable: may appear in the advice or decision shown to the operator.
        judicial_hold: the prosecutor restricts its use for now.
        fact_date, collected_on, processed_on: the ages that the filters test.
        expires_on: last day on which it may be read.
    """

    basis: Article
    regime: Regime
    purpose: str = "integrity_inquiry"
    code: HandlingCode = HandlingCode.H0
    tlp: Tlp = Tlp.NONE
    data_subject: DataSubject = DataSubject.UNDISTINGUISHED
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

    @property
    def is_unchecked(self) -> bool:
        """Tell whether nobody vouches for it: an assessment, or a report of grade 4.

        A rule of ours beside Directive (EU) 2016/680, art. 7: what rests on a personal
        assessment is told from a fact, and its quality is verified before it is used.
        """
        graded = self.regime in (Regime.POLICE, Regime.JUDICIAL)
        uncorroborated = graded and self.information_grade is InformationGrade.FOUR
        doubtful = self.nature is Nature.ASSESSMENT or uncorroborated
        return doubtful and not self.validated
