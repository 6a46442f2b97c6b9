"""Writes the second part of docs/reference/cli.md from what the program says.

python -m tests.cli_reference
"""

import inspect
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import typer
import typer.core

import cli
from commands.terminal import errors
from commands.terminal.lazy import Noun
from commands.terminal.options import Caller, Who
from models.errors import EstafetteError

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"
_WIDTH = 88

_MARK = "<!-- Written by `python -m tests.cli_reference` from here on. -->\n"
_CODES = """
## Exit codes

| Code | Meaning |
|---|---|
| 0 | done, or stored and not yet taken up |
"""
_PLACES = """
## Where commands work

With `ESTAFETTE_URL` set, commands of the first column go to the API there; \
[use the API](../how-to/use-the-api.md#the-command-line) says how to sign in.
Those of the second refuse: the pages of the installation do what they do.
Those of the third read files, or run what is installed on this machine, \
and refuse if they would need what is installed elsewhere.

| Noun | Here and elsewhere | Here only, by an officer | This machine |
|---|---|---|---|
"""


class Place(StrEnum):
    """Where a command works."""

    ANYWHERE = "here and elsewhere"
    HERE = "here only"
    MACHINE = "this machine"


def page(written: str) -> str:
    """Return the page as it should be; what stands above the mark is kept."""
    above = written.partition(_MARK)[0]
    codes = [
        *((code, _meaning(kind)) for kind, code in errors.EXIT_CODES.items()),
        (errors.UNEXPECTED, "nobody foresaw it; the message names the log"),
        (errors.INTERRUPTED, "stopped by Ctrl-C"),
    ]
    rows = "".join(f"| {code} | {meaning} |\n" for code, meaning in codes)
    nouns = (_noun(name, *told) for name, told in cli.Nouns.nouns.items())
    return above + _MARK + _CODES + rows + _places() + "".join(nouns)


def place_of(command: typer.core.TyperCommand) -> Place:
    """Return where a command works: the officer that it takes says so."""
    written = inspect.get_annotations(inspect.unwrap(command.callback), eval_str=True)
    if Caller in written.values():
        return Place.ANYWHERE
    return Place.HERE if Who in written.values() else Place.MACHINE


def _places() -> str:
    rows = []
    for name, told in cli.Nouns.nouns.items():
        found = {place: [] for place in Place}
        for verb, command in verbs(Noun(name, *told).load()):
            found[place_of(command)].append(f"`{verb}`")
        rows.append(f"| `{name}` | {' | '.join(map(', '.join, found.values()))} |\n")
    return _PLACES + "".join(rows)


def _meaning(kind: type[EstafetteError]) -> str:
    """Return the first line that an error says of itself."""
    first = (kind.__doc__ or "").splitlines()[0]
    said = first.removeprefix("Raised when ").rstrip(".")
    return f"`{kind.__name__}`: {said}" if said != first else f"`{kind.__name__}`"


def _noun(name: str, module: str, summary: str) -> str:
    group = Noun(name, module, summary).load()
    parts = [f"\n## {name}\n\n{summary}\n"]
    for verb, command in verbs(group):
        path = f"estafette {name} {verb}"
        context = typer.Context(command, info_name=path, terminal_width=_WIDTH)
        parts.append(
            f"\n### {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
        )
    return "".join(parts)


def verbs(
    group: typer.core.TyperGroup,
) -> Iterator[tuple[str, typer.core.TyperCommand]]:
    """Yield the commands of a noun; those of a noun within it bear both words."""
    for verb, command in group.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from ((f"{verb} {below}", each) for below, each in verbs(command))
        else:
            yield verb, command


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
