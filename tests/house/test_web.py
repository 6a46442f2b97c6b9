"""Pages are whole: each route has its permission, each word its translations."""

import hashlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from fastapi.routing import APIRoute

from tests.house.tree import ROOT
from web.app import PAGES
from web.door import Door, Public
from web.languages import LANGUAGES
from web.permissions import ALLOWED, Permission

WEB = ROOT / "web"
TRANSLATED = [each for each in LANGUAGES if each != "en"]


def routes() -> Iterator[APIRoute]:
    for page in PAGES:
        for route in page.router.routes:
            assert isinstance(route, APIRoute)
            yield route


def said() -> set[str | tuple[str, ...]]:
    """Every sentence that a template or a form marks as words."""
    found = extract_from_dir(
        WEB,
        method_map=[("**.html", "jinja2"), ("**.py", "python")],
        options_map={"**.html": {"extensions": "jinja2.ext.i18n", "silent": "false"}},
        keywords={**DEFAULT_KEYWORDS, "words": None},
    )
    return {message for _, _, message, _, _ in found}


def catalogue(language: str) -> Catalog:
    return read_po(BytesIO((WEB / "locale" / f"{language}.po").read_bytes()))


def test_each_route_names_one_permission() -> None:
    for route in routes():
        doors = [
            dependency.call
            for dependency in route.dependant.dependencies
            if isinstance(dependency.call, Door | Public)
        ]
        assert len(doors) == 1, route.path


def test_each_permission_is_given_to_somebody_and_asked_for_somewhere() -> None:
    asked = {
        dependency.call.permission
        for route in routes()
        for dependency in route.dependant.dependencies
        if isinstance(dependency.call, Door | Public)
    }

    assert asked == set(Permission) == ALLOWED.keys()


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_word_of_the_pages_is_said_in_each_language(language: str) -> None:
    messages = [each for each in catalogue(language) if each.id]

    assert {each.id for each in messages} == said()
    assert not [
        each.id
        for each in messages
        if each.fuzzy
        or not all(each.string if isinstance(each.string, tuple) else [each.string])
    ]
    assert not [each.id for each in messages if list(each.check())]


def test_what_is_vendored_is_what_was_published() -> None:
    vendored = WEB / "static" / "vendor"
    for line in (vendored / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((vendored / name).read_bytes()).hexdigest() == digest
