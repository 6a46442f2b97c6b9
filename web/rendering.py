"""Pages from templates: autoescaped, strict about what is missing, in one language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.responses import HTMLResponse

from models.law.rows import Label
from web.labels import label_in
from web.languages import LANGUAGES, catalogue
from web.refusals import refusal_in
from web.words import (
    ENDS_OF_FINDINGS,
    FIELDS,
    READING,
    SAID,
    STATES_OF_FINDINGS,
    STEPS_OF_FINDINGS,
)

HERE = Path(__file__).parent
_BRUSSELS = ZoneInfo("Europe/Brussels")


def page(
    template: str,
    language: str,
    values: Mapping[str, Any],
    *,
    status: int = 200,
) -> HTMLResponse:
    """Return a page; every name that the template uses must be given."""
    found = _environment(language).get_template(template)
    html = found.render(language=language, languages=LANGUAGES, **values)
    return HTMLResponse(html, status_code=status)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {"day": _day, "instant": _instant, "short": _short}
    environment.filters |= {"label": _label, "said": _said, "word": _word}
    environment.filters["field_name"] = _field_name
    environment.globals |= {"asset": asset, "reading": READING}
    environment.globals |= {
        "findings_states": STATES_OF_FINDINGS,
        "findings_ends": ENDS_OF_FINDINGS,
        "findings_steps": STEPS_OF_FINDINGS,
    }
    return environment


@cache
def asset(path: str) -> str:
    """Return the address of a static file, which changes with its bytes."""
    digest = hashlib.sha256((HERE / "static" / path).read_bytes()).hexdigest()
    return f"/static/{path}?v={digest[:12]}"


@pass_context
def _day(context: Context, day: date | None) -> str:
    return format_date(day, "long", locale=context["language"]) if day else ""


@pass_context
def _instant(context: Context, at: datetime) -> str:
    said = format_datetime(
        at, "d MMM y HH:mm", tzinfo=_BRUSSELS, locale=context["language"]
    )
    return str(said)


@pass_context
def _label(context: Context, label: Label | Mapping[str, object]) -> str:
    """Return a label of the law; one that travelled came as fields."""
    known = label if isinstance(label, Label) else Label.model_validate(label)
    return label_in(context["language"], known)


@pass_context
def _said(context: Context, label: Label | str) -> str:
    """Return a label of the law, or a sentence of ours, in the page's language."""
    if isinstance(label, Label):
        return _label(context, label)
    language = context["language"]
    whole = catalogue(language).ugettext(label)
    return whole if whole != label else refusal_in(language, label)


@pass_context
def _word(context: Context, code: str) -> str:
    """Return what a code says; one without words of ours stands as it is."""
    return catalogue(context["language"]).ugettext(SAID.get(code, code))


@pass_context
def _field_name(context: Context, name: str) -> str:
    """Return what a field of an item is called; `persons.` is said once, before."""
    bare = name.removeprefix("persons.")
    said = catalogue(context["language"]).ugettext
    called = said(FIELDS.get(bare, bare))
    return called if bare == name else f"{said(FIELDS['persons'])}: {called}"


def _short(identifier: UUID | str) -> str:
    return str(identifier)[:8]
