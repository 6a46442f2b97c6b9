"""What every row of a pack has: a label, an article, and how sure we are of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.values import Value

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=40)]
"""A stable code inside a pack: lower case, may hold dots, dashes, underscores."""

StatuteKey = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*$", max_length=20)]
"""The short key of a statute inside a pack, such as `L24` or `NLC`."""

Text = Annotated[str, Field(min_length=1)]


class Mark(StrEnum):
    """How sure we are of a row; counsel turns every other mark into `F`."""

    FOUND = "F"
    """Read in the text of the statute itself."""

    FOUND_SECOND_HAND = "F2"
    """Read in a secondary page: a municipality, a federation, the press."""

    MEMORY_HIGH = "M-H"
    MEMORY_MEDIUM = "M-M"
    MEMORY_LOW = "M-L"

    ANALYSIS = "A"
    """Our own analysis or an internal agreement, not a legal source."""

    NOT_FOUND = "NF"


class LabelMarks(Value):
    """How sure we are of the wording in each language, where it differs."""

    fr: Mark | None = None
    nl: Mark | None = None
    en: Mark | None = None


class Label(Value):
    """The same words in French, Dutch and English."""

    fr: Text
    nl: Text
    en: Text
    marks: LabelMarks | None = None

    @property
    def words(self) -> dict[str, str]:
        """Return the words by language, as details of errors have them."""
        return {"fr": self.fr, "nl": self.nl, "en": self.en}


class LawRow(Value):
    """What every rule carries: its article, our certainty, and what counsel must know.

    `valid_from` and `valid_to` (both inclusive) are empty when the row holds as long as
    its pack does. They are kept as law and shown; no act turns on them yet.
    """

    article: Text
    mark: Mark
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class LabelledRow(LawRow):
    """A rule with a code and a name in three languages."""

    code: Code
    label: Label
