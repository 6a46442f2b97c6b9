"""Filters of the templates: what stands in the place of codes, ids, days, articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from jinja2 import pass_context
from jinja2.runtime import Context

from models.agencies import AgencyName, Officer
from models.handling import Handling
from models.law.rows import Label
from models.people import Designated
from policies.remaining import Remaining
from web import formats
from web.details import detail_in
from web.forms.fields import Body, Person, Said
from web.labels import label_in
from web.languages import catalogue
from web.naming import Naming, name_in, officer_in
from web.punctuation import punctuated
from web.refusals import refusal_in
from web.words.handling import INFORMATION, SOURCES
from web.words.items import FIELDS, ROWS_IN_FIELDS
from web.words.said import SAID

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pass_context
def day(context: Context, on: date | None) -> str:
    """Return a day; nothing if there is none."""
    return formats.day(context["language"], on) if on else ""


@pass_context
def weekday(context: Context, on: date) -> str:
    """Return a day with its day of the week."""
    return formats.day(context["language"], on, "full")


@pass_context
def instant(context: Context, at: datetime) -> str:
    """Return an instant as clocks in Brussels have it."""
    return formats.instant(context["language"], at)


@pass_context
def left(context: Context, remaining: Remaining) -> str:
    """Return what is left of a term."""
    return formats.left(context["language"], remaining)


@pass_context
def label(context: Context, given: Label | Mapping[str, str]) -> str:
    """Return a label of the law; one that travelled came as its words."""
    if not isinstance(given, Label):
        given = Label(fr=given["fr"], nl=given["nl"], en=given["en"])
    return label_in(context["language"], given)


@pass_context
def labels(context: Context, given: Iterable[Label]) -> str:
    """Return labels of the law, one after the other."""
    return ", ".join(label_in(context["language"], each) for each in given)


@pass_context
def said(context: Context, given: Said | AgencyName | Officer | Designated) -> str:
    """Return what a page says of somebody or something, in its language."""
    if isinstance(given, datetime):
        return instant(context, given)
    if isinstance(given, date):
        return day(context, given)
    if isinstance(given, str):
        return _sentence(context, given)
    return _called(context, given)


def _sentence(context: Context, english: str) -> str:
    """Return a sentence of ours, or one that an act wrote."""
    language = context["language"]
    whole = catalogue(language).ugettext(english)
    if whole != english:
        return whole
    return refusal_in(language, english, context.get("naming"))


def _called(
    context: Context, given: Label | Body | Person | AgencyName | Officer | Designated
) -> str:
    match given:
        case Label():
            return label(context, given)
        case Body():
            return agency(context, given.id)
        case Person():
            return officer(context, given.id)
        case AgencyName():
            return name_in(context["language"], given)
        case Officer() | Designated():
            return officer_in(context["language"], given)


@pass_context
def word(context: Context, code: str) -> str:
    """Return what a code says; one without words of ours stands as it is."""
    return catalogue(context["language"]).ugettext(SAID.get(code, code))


@pass_context
def agency(context: Context, identifier: str) -> str:
    """Return an agency by its name."""
    naming: Naming | None = context.get("naming")
    return naming.agency(identifier) if naming else identifier


@pass_context
def officer(context: Context, identifier: str) -> str:
    """Return an officer in words; colleagues of the reader without their agency."""
    naming: Naming | None = context.get("naming")
    return naming.officer(identifier) if naming else identifier


@pass_context
def article(context: Context, cited: str) -> str:
    """Return articles under the names that people know the laws by."""
    naming: Naming | None = context.get("naming")
    return naming.law.article(cited) if naming else cited


@pass_context
def graded(context: Context, handling: Handling) -> str:
    """Return how far source and information of an item are trusted."""
    ours = catalogue(context["language"]).ugettext
    source = ours(SOURCES[handling.source_grade])
    both = f"{source}; {ours(INFORMATION[handling.information_grade])}"
    return punctuated(context["language"], both)


@pass_context
def detail(context: Context, said: str, kind: str) -> str:
    """Return the detail of an entry of a kind in words; nothing if it has none."""
    naming: Naming = context["naming"]
    return detail_in(naming, kind, said)


@pass_context
def field_name(context: Context, name: str) -> str:
    """Return what a field of an item is called; `persons.` is said once, before."""
    bare = name.removeprefix("persons.")
    ours = catalogue(context["language"]).ugettext
    called = ours(FIELDS.get(bare, bare))
    if bare == name:
        return called
    return punctuated(context["language"], f"{ours(FIELDS['persons'])}: {called}")


@pass_context
def field_value(context: Context, given: str, name: str) -> str:
    """Return what a field of an item holds: codes, days and articles in words."""
    naming: Naming | None = context.get("naming")
    if name == "article":
        return article(context, given)
    if name in ROWS_IN_FIELDS and naming:
        return naming.law.row(ROWS_IN_FIELDS[name], given)
    if name in formats.FORMATS:
        return formats.FORMATS[name](given)
    if name == "item":
        return short(given)
    if name in ("purpose", "register"):
        return word(context, given)
    if _DAY.fullmatch(given):
        return formats.day_if_one(context["language"], given)
    return given


def number(digits: str) -> str:
    """Return a number of a person, enterprise or establishment as people write it."""
    return formats.by_kind(digits)


def short(identifier: UUID | str) -> str:
    """Return the start of an id, as people compare it."""
    return str(identifier)[:8]


FILTERS: Mapping[str, Callable[..., str]] = {
    each.__name__: each
    for each in (
        *(day, weekday, instant, left, label, labels, said, word, agency, officer),
        *(article, graded, detail, field_name, field_value, number, short),
    )
}
"""All of them, by the names that templates use."""
