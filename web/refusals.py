"""What acts say in English, in the language of a page.

Acts write sentences with values in them. The catalogues in `locale/refusals` hold them
with the kind of each value in its place: `{day}`, `{agency}`, `{word}` for a code,
`{}` for what stays as it is; in English, what a page says otherwise than a terminal.
What they lack stands as it was written, unless it speaks of a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from web.languages import sentences
from web.naming import Naming
from web.punctuation import punctuated
from web.values import said_as

_PLACE = re.compile(r"\{(\w*)\}")
_QUOTED = re.compile(r"`([^`]*)`")
_QUOTES = {"fr": "«\xa0{}\xa0»", "nl": "‘{}’", "de": "„{}“", "en": "“{}”"}
_TERMINAL = re.compile(r"`(?:estafette |--)|ESTAFETTE_")


class _Template(NamedTuple):
    between: Sequence[str]
    kinds: tuple[str, ...]
    said: str


def refusal_in(language: str, text: str, naming: Naming | None = None) -> str:
    """Return a sentence of an act, with its values, in a language.

    `naming` knows what agencies, officers and rows of the law are called; without it
    they stand as they are.
    """
    said = _translated(language, text, naming)
    return _QUOTED.sub(lambda found: _QUOTES[language].format(found[1]), said)


def written(language: str) -> dict[str, str]:
    """Return what acts write, and how that is said in a language."""
    return sentences("refusals", language)


def places(sentence: str) -> tuple[str, ...]:
    """Return the kinds of the values in a sentence of the catalogues."""
    return tuple(_PLACE.findall(sentence))


def _translated(language: str, text: str, naming: Naming | None) -> str:
    for template in _templates(language):
        found = _values_in(text, template.between)
        if found is not None:
            values = zip(template.kinds, found, strict=True)
            return template.said.format(
                *(_value(language, kind, value, naming) for kind, value in values)
            )
    return "" if _TERMINAL.search(text) else text


def _value(language: str, kind: str, value: str, naming: Naming | None) -> str:
    if kind == "said":
        parts = value.split("; ")
        said = "; ".join(_translated(language, each, naming) for each in parts)
        return punctuated(language, said)
    return said_as(language, kind, value, naming)


@cache
def _templates(language: str) -> tuple[_Template, ...]:
    """Return the sentences of a catalogue, those that say most themselves first."""
    rows = {wrote: _PLACE.sub("{}", wrote) for wrote in written("fr")}
    known = sorted((rows | written(language)).items(), key=lambda row: -len(row[0]))
    return tuple(
        _Template(_PLACE.split(wrote)[::2], places(wrote), said)
        for wrote, said in known
    )


def _values_in(text: str, between: Sequence[str]) -> Sequence[str] | None:
    """Return what stands in the places of a sentence; None if it is another sentence.

    Each takes as little as it can. One way is tried, from left to right, which finds
    them if any does: people type what stands in a text, and trying all ways of a text
    that somebody made for it takes hours.
    """
    first, *others = between
    if not others:
        return () if text == first else None
    *inner, last = others
    at, end = len(first), len(text) - len(last)
    if not (text.startswith(first) and text.endswith(last)):
        return None
    values = []
    for each in inner:
        found = text.find(each, at + 1, end)
        if found < 0:
            return None
        values.append(text[at:found])
        at = found + len(each)
    return (*values, text[at:end]) if at < end else None
