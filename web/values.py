"""Values that stand in the sentences of acts, said by their kind."""

from __future__ import annotations

import re
from collections.abc import Callable

from web import formats
from web.forms.catalogue import OF_CASES, OF_ITEMS, OF_QUESTIONS
from web.languages import catalogue, words
from web.naming import Naming
from web.words.findings import STATES_OF_FINDINGS
from web.words.items import FIELDS
from web.words.people import KINDS_OF_AGENCIES, ROLES
from web.words.said import SAID

OR = words("or")
_DEEDS: dict[str, str] = {
    form.act: form.title for form in (OF_CASES | OF_QUESTIONS | OF_ITEMS).values()
}
# An act that may not be done is named as its button, not as what came of it.
_CODES: dict[str, dict[str, str]] = {
    "word": SAID | _DEEDS,
    "finding": STATES_OF_FINDINGS,
    "kind": KINDS_OF_AGENCIES,
    "role": ROLES,
}
_LAW = {
    "activity": "activities",
    "clock": "clocks",
    "limb": "limbs",
    "outcome": "outcomes",
    "route": "routes",
    "source": "sources",
    "stage": "stages",
}
# Not several values with a comma in between, but one that may hold commas.
_WHOLE = frozenset({"article", "content", "reasons"})
_BETWEEN = re.compile(r"(, | or )")


def said_as(language: str, kind: str, value: str, naming: Naming | None) -> str:
    """Return a value of a kind in words; several, with `, ` or ` or ` in between."""
    if not kind:
        return value
    if kind in _WHOLE:
        return _named(kind, value, naming) if naming else value
    parts = _BETWEEN.split(value.replace("`", ""))
    return "".join(
        _between(language, part) if n % 2 else _one(language, kind, part, naming)
        for n, part in enumerate(parts)
    )


def _act(command: str) -> str:
    """Return the act that a command does, by its button."""
    words_of_it = command.removeprefix("estafette ").replace("-", "_").split(" ")
    return _DEEDS.get(".".join(words_of_it[:2]), command)


def _between(language: str, said: str) -> str:
    return f" {catalogue(language).ugettext(OR)} " if said == " or " else said


def _one(language: str, kind: str, value: str, naming: Naming | None) -> str:
    if kind == "day":
        return formats.day_if_one(language, value)
    if kind == "field":
        # Of a field within a field, the inner one is what somebody fills in.
        bare = value.rpartition(".")[2].replace("-", "_")
        return catalogue(language).ugettext(FIELDS.get(bare, value))
    if kind == "command":
        return catalogue(language).ugettext(_act(value))
    if kind in _CODES:
        return catalogue(language).ugettext(_CODES[kind].get(value, value))
    return _named(kind, value, naming) if naming else value


def _named(kind: str, value: str, naming: Naming) -> str:
    if kind in _LAW:
        return naming.law.row(_LAW[kind], value)
    ways: dict[str, Callable[[str], str]] = {
        "agency": naming.agency,
        "officer": naming.officer,
        "article": naming.law.article,
        "content": naming.law.content,
        "reasons": naming.reasons,
    }
    return ways[kind](value)
