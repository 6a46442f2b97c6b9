"""What acts say in English, in the language of a page.

Acts write sentences with values in them. The catalogues in `locale/refusals` hold them
with `{}` in the place of each value; in English, what a page says otherwise than
a terminal. What they lack stands as it was written.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po

from web.forms.catalogue import OF_CASES, OF_ITEMS, OF_QUESTIONS
from web.forms.fields import words
from web.languages import catalogue
from web.words import SAID

OR = words("or")
_LOCALE = Path(__file__).parent / "locale" / "refusals"
_DEEDS = {
    form.act: form.title for form in (OF_CASES | OF_QUESTIONS | OF_ITEMS).values()
}
# An act that may not be done is named as its button, not as what came of it.
_CODES: dict[str, str] = SAID | _DEEDS
_VALUE = "(.+?)"


class _Template(NamedTuple):
    pattern: re.Pattern[str]
    said: str


def refusal_in(language: str, text: str) -> str:
    """Return a sentence of an act, with its values, in a language."""
    for template in _templates(language):
        if found := template.pattern.fullmatch(text):
            values = [_value(language, each) for each in found.groups()]
            return template.said.format(*values)
    return text


@cache
def written(language: str) -> dict[str, str]:
    """Return what acts write, and how that is said in a language."""
    with (_LOCALE / f"{language}.po").open("rb") as file:
        rows = read_po(file, locale=language)
    return {str(row.id): str(row.string) for row in rows if row.id and row.string}


@cache
def _templates(language: str) -> tuple[_Template, ...]:
    """Return the sentences of a catalogue, those that say most themselves first."""
    known = sorted(written(language).items(), key=lambda row: -len(row[0]))
    return tuple(_Template(_pattern(wrote), said) for wrote, said in known)


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(_VALUE.join(map(re.escape, sentence.split("{}"))), re.DOTALL)


def _value(language: str, value: str) -> str:
    """Return a value: codes in words, sentences of their own translated, else as is."""
    codes = value.split(" or ")
    if not set(codes) <= _CODES.keys():
        return refusal_in(language, value) if " " in value else value
    return f" {_word(language, OR)} ".join(_word(language, _CODES[c]) for c in codes)


def _word(language: str, english: str) -> str:
    return catalogue(language).ugettext(english)
