"""Pages are whole: each route has its permission, each word its translations."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from models.agencies import OfficerFunction
from tests.catalogues import CATALOGUES, brought_up, translated
from tests.house.tree import ROOT
from web.api.app import PARTS
from web.api.door import Anybody, FeedDoor, TokenDoor
from web.app import PAGES
from web.door import Door, Public
from web.languages import LANGUAGES
from web.permissions import ALLOWED, Permission
from web.punctuation import punctuated
from web.views.navigation import AUDIT, destinations_of

WEB = ROOT / "web"


DOORS = Door | Public | TokenDoor | FeedDoor | Anybody


def routes() -> Iterator[APIRoute]:
    for page in (*PAGES, *PARTS):
        for route in page.router.routes:
            assert isinstance(route, APIRoute)
            yield route


def test_each_route_names_one_permission() -> None:
    for route in routes():
        doors = [
            dependency.call
            for dependency in route.dependant.dependencies
            if isinstance(dependency.call, DOORS)
        ]
        assert len(doors) == 1, route.path


def test_each_permission_is_given_to_somebody_and_asked_for_somewhere() -> None:
    asked = {
        dependency.call.permission
        for route in routes()
        for dependency in route.dependant.dependencies
        if isinstance(dependency.call, DOORS)
    }

    assert asked == set(Permission) == ALLOWED.keys()


def test_what_is_served_without_keys_shows_and_takes_no_content() -> None:
    keyless = {
        route.path
        for route in routes()
        for dependency in route.dependant.dependencies
        if isinstance(dependency.call, Door) and dependency.call.keyless
    }

    assert keyless == {
        *("/", "/cases", "/inbox", "/asked", "/figures"),
        *("/notices", "/notices/seen", "/notices/mail", "/notices/stop"),
        *("/notices/calendar", "/notices/calendar/end"),
        *("/audit", "/audit/trail", "/audit/entries/{entry}", "/audit/unusual"),
        *("/audit/samples", "/audit/honey", "/audit/honey/{item}/lift"),
        *("/audit/erasures", "/audit/erasures/{entry}", "/audit/verify"),
        *("/proven", "/sign-out", "/sign-out/everywhere", "/days"),
    }
    reached = [*AUDIT, *(d for f in OfficerFunction for d in destinations_of([f]))]
    said = {each.path for each in reached if each.keyless}
    assert said == {each.path for each in reached} & keyless


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_each_word_of_the_pages_is_said_in_each_language(path: Path) -> None:
    messages = [each for each in translated(path) if each.id]

    assert not [
        each.id
        for each in messages
        if each.fuzzy
        or not all(each.string if isinstance(each.string, tuple) else [each.string])
    ]
    assert not [each.id for each in messages if list(each.check())]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_the_catalogues_are_up_to_date(path: Path) -> None:
    assert path.read_bytes() == brought_up(path), "run: python -m tests.catalogues"


def test_there_is_a_catalogue_for_each_language_but_ours() -> None:
    assert {each.stem for each in CATALOGUES} == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize("part", ["", "refusals"])
def test_french_keeps_punctuation_on_the_line_of_its_word(part: str) -> None:
    rows = translated(WEB / "locale" / part / "fr.po")
    said = [s for row in rows for s in _forms(row.string) if row.id]

    assert said
    assert not [each for each in said if punctuated("fr", each) != each]


def test_templates_leave_the_space_before_punctuation_to_the_language() -> None:
    words = re.compile(r"{% trans.*?(?={% endtrans %})", re.DOTALL)
    stuck = re.compile(r"(?:%}|}}|</\w+>)[:;!?](?=[\s<{]|$)", re.MULTILINE)
    templates = {file: file.read_text() for file in WEB.rglob("*.html")}

    assert not [
        f"{file.name}: {found[0]}"
        for file, text in templates.items()
        for found in stuck.finditer(words.sub("", text))
    ]


def test_what_is_vendored_is_what_was_published() -> None:
    vendored = WEB / "static" / "vendor"
    for line in (vendored / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((vendored / name).read_bytes()).hexdigest() == digest


def _forms(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said
