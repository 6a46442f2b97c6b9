"""Nouns whose commands are imported only when one of them is called.

A command of a case needs the database and the process engine, which take over a second
to import; `estafette --help` and `estafette clock explain` need neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup


class Noun(TyperGroup):
    """A noun that knows its module, and has no commands until it is loaded."""

    def __init__(self, name: str, module: str, summary: str) -> None:
        super().__init__(name=name, help=summary)
        self._module = module

    def load(self) -> Any:
        """Return the noun with its commands: the `app` of its module."""
        loaded = _group(self._module)
        loaded.name, loaded.help = self.name, self.help
        return loaded


@cache
def _group(module: str) -> Any:
    app: typer.Typer = import_module(module).app
    return typer.main.get_group(app)


class Nouns(TyperGroup):
    """The program: lists its nouns without importing them."""

    nouns: Mapping[str, tuple[str, str]] = {}

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, (module, summary) in self.nouns.items():
            self.add_command(Noun(name, module, summary))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """Find the noun that was called, and load it."""
        name, found, rest = super().resolve_command(ctx, args)
        return name, found.load() if isinstance(found, Noun) else found, rest
