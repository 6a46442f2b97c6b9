"""Pages from templates: autoescaped, strict about what is missing, in one language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

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
    found = _environment(language).get_template(template)
    html = found.render(language=language, languages=LANGUAGES, **values)
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
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= FILTERS
    environment.globals |= {
        "colon": sign(language, ":"),
        "semicolon": sign(language, ";"),
    }
    environment.globals |= {"asset": asset, "reading": READING, "meanings": MEANINGS}
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


@cache
def asset(path: str) -> str:
    """Return the address of a static file, which changes with its bytes."""
    digest = hashlib.sha256((HERE / "static" / path).read_bytes()).hexdigest()
    return f"/static/{path}?v={digest[:12]}"
