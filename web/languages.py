"""The four languages of the pages: which one somebody reads, and the words in it.

Catalogues are gettext's, read as text at the start: nothing has to be compiled. Beside
those of our words, `law` has labels of the packs and `refusals` what acts write.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.requests import Request

LANGUAGES = ("fr", "nl", "de", "en")
COOKIE = "language"
_HERE = Path(__file__).parent / "locale"


def words(english: str) -> str:
    """Mark a sentence that the catalogues translate; templates look it up."""
    return english


def chosen(request: Request) -> str:
    """Return the language somebody chose, or the first that their browser asks for."""
    said = request.cookies.get(COOKIE, "")
    if said in LANGUAGES:
        return said
    for wanted in request.headers.get("accept-language", "").split(","):
        code = wanted.split(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the catalogue of a language; what we write is English already."""
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    with (_HERE / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


@cache
def sentences(part: str, language: str) -> dict[str, str]:
    """Return what a part of the catalogues says, by what is written in English."""
    with (_HERE / part / f"{language}.po").open("rb") as file:
        rows = read_po(file, locale=language)
    return {str(row.id): str(row.string) for row in rows if row.id and row.string}
