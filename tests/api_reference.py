"""Writes docs/reference/openapi.json and problems.md, from the program.

python -m tests.api_reference
"""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

from models import errors as e
from web.api.app import build_api
from web.api.problems import OF_HTTP, api_status, title_of, type_of

_REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
DESCRIPTION = _REFERENCE / "openapi.json"
PROBLEMS = _REFERENCE / "problems.md"
_TOP = """\
# Problems

<!-- Written by `python -m tests.api_reference` from `models/errors.py`. -->

Whatever goes wrong in the API is `application/problem+json`, as RFC 9457 has it.
`type` never changes; `detail` and `help` are for people, and may.
What you may not know is `not-found`, as is what never was.

| Type | Status | When |
|---|---|---|
"""


def description() -> str:
    """Return the description of the API as it should be."""
    api = build_api(SimpleNamespace())
    return json.dumps(api.openapi(), indent=1, ensure_ascii=False) + "\n"


def problems() -> str:
    """Return the page of problems as it should be."""
    rows = [_row(kind) for kind in _kinds(e.EstafetteError)]
    rows += [_row_of_http(status) for status in OF_HTTP]
    return _TOP + "".join(sorted(rows))


def _kinds(kind: type[e.EstafetteError]) -> Iterator[type[e.EstafetteError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _kinds(each)


def _row(kind: type[e.EstafetteError]) -> str:
    assert kind.__doc__
    line = kind.__doc__.splitlines()[0].removeprefix("Raised when ").rstrip(".")
    said = "nobody foresaw it" if kind is e.EstafetteError else line
    status = api_status(kind("", seconds=1))
    return f"| `{type_of(kind.__name__)}` | {status} | {said} |\n"


def _row_of_http(status: int) -> str:
    code = OF_HTTP[status]
    return f"| `{type_of(code)}` | {status} | {title_of(code)}, as HTTP has it |\n"


if __name__ == "__main__":
    DESCRIPTION.write_text(description(), encoding="utf-8")
    PROBLEMS.write_text(problems(), encoding="utf-8")
