"""Whatever can be typed or opened is known to the suite of non-interference."""

from fastapi.routing import APIRoute

import cli
from commands.terminal.lazy import Noun
from tests.cli_reference import verbs
from tests.interference.surfaces import (
    DEEDS,
    LISTS,
    LOOKS,
    OPENED,
    PAGES,
    PAGES_OF_OFFICES,
    PAGES_WITHOUT_CASES,
    SENT,
    WITHOUT_CASES,
)
from web.app import PAGES as ROUTED


def test_every_command_is_in_the_registry_of_surfaces_once() -> None:
    typed = sorted(
        f"{name} {verb}"
        for name, told in cli.Nouns.nouns.items()
        for verb, _ in verbs(Noun(name, *told).load())
    )

    assert sorted([*LISTS, *LOOKS, *DEEDS, *WITHOUT_CASES]) == typed


def test_every_page_is_in_the_registry_of_surfaces() -> None:
    routes = [
        route
        for part in ROUTED
        for route in part.router.routes
        if isinstance(route, APIRoute)
    ]
    asked = {each.path for each in routes if "GET" in each.methods}
    sent = {each.path for each in routes if "POST" in each.methods}
    silent = {*PAGES_WITHOUT_CASES, *PAGES_OF_OFFICES}

    assert asked - silent == PAGES.keys()
    assert sent - silent == OPENED.keys() | SENT.keys()
    assert silent <= asked | sent
