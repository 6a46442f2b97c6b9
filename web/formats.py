"""Numbers, days, languages as people write them; what has another form stays so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, format_datetime

from models.clock import BRUSSELS
from models.numbers import NumberKind, parse_number
from policies.remaining import Remaining
from web.languages import catalogue

_FIRST_OF_A_MONTH = re.compile(r"\b1 (?=[^\W\d])")

_ENTERPRISE = re.compile(r"(\d{4})(\d{3})(\d{3})")
_ESTABLISHMENT = re.compile(r"(\d)(\d{3})(\d{3})(\d{3})")
_NATIONAL = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{3})(\d{2})")
_LANGUAGES = {
    "fr": "français",
    "nl": "Nederlands",
    "de": "Deutsch",
    "en": "English",
}


def enterprise(number: str) -> str:
    """Return an enterprise number as 0308.357.159."""
    return _written(_ENTERPRISE, "{}.{}.{}", number)


def establishment(number: str) -> str:
    """Return an establishment number as 2.147.812.701."""
    return _written(_ESTABLISHMENT, "{}.{}.{}.{}", number)


def national(number: str) -> str:
    """Return a national number as 85.07.30-033.28."""
    return _written(_NATIONAL, "{}.{}.{}-{}.{}", number)


def by_kind(digits: str) -> str:
    """Return a number of any kind, which its digits tell, as people write that kind.

    Raises:
        InvalidInput: its check digits do not hold.
    """
    return _OF_KINDS[parse_number(digits).kind](digits)


def language(code: str) -> str:
    """Return a language by its own name."""
    return _LANGUAGES.get(code, code)


# Pages say the same days over and over, and writing one out is dear.
@lru_cache(maxsize=4096)
def day(language: str, on: date, length: Literal["long", "full"] = "long") -> str:
    """Return a day in words; `full` is with the day of the week."""
    return _with_first(language, format_date(on, length, locale=_belgian(language)))


def day_if_one(language: str, said: str) -> str:
    """Return a day in words; somebody else's words may look like one, and be none."""
    try:
        return day(language, date.fromisoformat(said))
    except ValueError:
        return said


@lru_cache(maxsize=4096)
def instant(language: str, at: datetime) -> str:
    """Return an instant as clocks in Brussels have it."""
    form, locale = "d MMM y HH:mm", _belgian(language)
    said = format_datetime(at, form, tzinfo=BRUSSELS, locale=locale)
    return _with_first(language, said)


def left(language: str, remaining: Remaining) -> str:
    """Return what is left of a term, in words."""
    return _left(language, remaining.days, remaining.working)


@lru_cache(maxsize=4096)
def _left(language: str, days: int, working: bool) -> str:
    ours = catalogue(language)
    if days < 0:
        form = ours.ungettext(
            "over since %(days)s day", "over since %(days)s days", -days
        )
    elif days == 0:
        form = ours.ugettext("last day today")
    elif working:
        form = ours.ungettext(
            "%(days)s working day left", "%(days)s working days left", days
        )
    else:
        form = ours.ungettext("%(days)s day left", "%(days)s days left", days)
    return str(form) % {"days": abs(days)}


def _belgian(language: str) -> str:
    """Return the locale of a language as it is written in Belgium."""
    return f"{language}_BE"


def _with_first(language: str, said: str) -> str:
    """Return a day as French says the first of a month: CLDR has no form for that."""
    return _FIRST_OF_A_MONTH.sub("1er ", said) if language == "fr" else said


def _written(digits: re.Pattern[str], form: str, number: str) -> str:
    found = digits.fullmatch(number)
    return form.format(*found.groups()) if found else number


_OF_KINDS: Mapping[NumberKind, Callable[[str], str]] = {
    NumberKind.ENTERPRISE: enterprise,
    NumberKind.ESTABLISHMENT: establishment,
    NumberKind.NATIONAL: national,
}
FORMATS: Mapping[str, Callable[[str], str]] = {
    "enterprise_number": enterprise,
    "id.kbo": enterprise,
    "establishment_number": establishment,
    "id.est": establishment,
    "national_number": national,
    "id.rn": national,
    "language": language,
}
"""By the names of the fields of items that hold them."""
