"""Whatever can be typed is known to the suite of non-interference."""

import cli
from commands.terminal.lazy import Noun
from tests.cli_reference import verbs
from tests.interference.surfaces import DEEDS, LISTS, LOOKS, WITHOUT_CASES


def test_every_command_is_in_the_registry_of_surfaces_once() -> None:
    typed = sorted(
        f"{name} {verb}"
        for name, told in cli.Nouns.nouns.items()
        for verb, _ in verbs(Noun(name, *told).load())
    )

    assert sorted([*LISTS, *LOOKS, *DEEDS, *WITHOUT_CASES]) == typed
