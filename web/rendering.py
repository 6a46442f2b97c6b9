"""Pages from templates: autoescaped, strict about what is missing, in one language."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from models.signing_in import PROVEN_FOR
from web.filters import FILTERS
from web.languages import LANGUAGES, catalogue
from web.punctuation import sign
from web.words.findings import (
    ENDS_OF_FINDINGS,
    STATES_OF_FINDINGS,
    STEPS_OF_FINDINGS,
)
from web.words.items import READING
from web.words.states import MEANINGS
from web.words.subject_requests import (
    ANSWERS,
    REGIMES,
    RIGHTS,
    STATES_OF_REQUESTS,
    STEPS_OF_REQUESTS,
)

HERE = Path(__file__).parent


def page(
    template: str,
    language: str,
    values: Mapping[str, Any],
    *,
    status: int = 200,
) -> HTMLResponse:
    """Return a page; every name that the template uses must be given."""
    environment = _environment(language)
    values = {"language": language, "languages": LANGUAGES, **values}
    say = environment.get_template("words.html").make_module(values)
    html = environment.get_template(template).render(values, say=say)
    return HTMLResponse(html, status_code=status)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        auto_reload=False,  # else each page looks at the files of its templates
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals |= _words_in(language)
    environment.filters |= FILTERS
    environment.globals |= {
        "colon": sign(language, ":"),
        "semicolon": sign(language, ";"),
    }
    environment.globals |= {"asset": asset, "reading": READING, "meanings": MEANINGS}
    environment.globals |= {"proven_minutes": PROVEN_FOR // timedelta(minutes=1)}
    environment.globals |= {
        "findings_states": STATES_OF_FINDINGS,
        "findings_ends": ENDS_OF_FINDINGS,
        "findings_steps": STEPS_OF_FINDINGS,
    }
    environment.globals |= {
        "rights": RIGHTS,
        "regimes": REGIMES,
        "requests_states": STATES_OF_REQUESTS,
        "requests_steps": STEPS_OF_REQUESTS,
        "requests_answers": ANSWERS,
    }
    return environment


def _words_in(language: str) -> dict[str, Callable[..., Markup]]:
    """Return what templates call for words; Jinja's own looks each up anew."""
    ours = catalogue(language)

    @lru_cache(maxsize=4096)
    def whole(english: str) -> Markup:
        return Markup(ours.ugettext(english)) % {}  # noqa: S704

    def gettext(english: str, **given: object) -> Markup:
        if not given:
            return whole(english)
        return Markup(ours.ugettext(english)) % given  # noqa: S704

    def ngettext(one: str, several: str, number: int, **given: object) -> Markup:
        form = ours.ungettext(one, several, number)
        return Markup(form) % {"num": number, **given}  # noqa: S704

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


@cache
def asset(path: str) -> str:
    """Return the address of a static file, which changes with its bytes."""
    digest = hashlib.sha256((HERE / "static" / path).read_bytes()).hexdigest()
    return f"/static/{path}?v={digest[:12]}"
