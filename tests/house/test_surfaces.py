"""Whatever can be typed or opened is known to the suite of non-interference."""

from fastapi.routing import APIRoute

import cli
from commands.terminal.lazy import Noun
from tests.cli_reference import verbs
from tests.interference.surfaces import (
    DEEDS,
    LISTS,
    LOOKS,
    PAGES,
    PAGES_WITHOUT_CASES,
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
    opened = {
        route.path
        for part in ROUTED
        for route in part.router.routes
        if isinstance(route, APIRoute) and "GET" in route.methods
    }

    assert opened == {*PAGES_WITHOUT_CASES, *(each.partition("?")[0] for each in PAGES)}
