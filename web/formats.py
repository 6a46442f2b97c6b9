"""Numbers and languages as people write them; what has another form stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

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


def language(code: str) -> str:
    """Return a language by its own name."""
    return _LANGUAGES.get(code, code)


def _written(digits: re.Pattern[str], form: str, number: str) -> str:
    found = digits.fullmatch(number)
    return form.format(*found.groups()) if found else number


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
