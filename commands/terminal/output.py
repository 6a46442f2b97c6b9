"""What goes to standard output: tables for people, one JSON document for programs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from pydantic import BaseModel
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from commands.terminal.tables import Column, FittingTable, is_code
from models.clock import BRUSSELS

SHORT = 8
_WIDE = 160
# Control characters and those that reorder text: what others wrote must not play with
# the reader's terminal.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def show(document: object, *shapes: RenderableType, as_json: bool) -> None:
    """Write the answer of a command in the one shape that was asked for."""
    if as_json:
        sys.stdout.write(as_json_text(document) + "\n")
        return
    width = None if sys.stdout.isatty() else _WIDE
    console = Console(highlight=False, markup=False, emoji=False, width=width)
    console.print(Group(*shapes))


def tell(*lines: str) -> None:
    """Write remarks for people to standard error; a program never needs them."""
    for line in lines:
        sys.stderr.write(seen(line) + "\n")


def as_json_text(document: object) -> str:
    """Return a document as indented JSON."""
    return orjson.dumps(document, _plain, orjson.OPT_INDENT_2).decode()


def table(title: str, columns: str, rows: Iterable[Sequence[object]]) -> RenderableType:
    """Return a table; `columns` are words separated by `|`. Without rows, say so.

    A column with `?` behind its name is left out where the terminal is too narrow, or
    where nothing stands in it.
    """
    cells = list(zip(*rows, strict=True))
    if not cells:
        return Text(f"{title}: none", style="dim")
    named = zip(columns.split("|"), cells, strict=True)
    made = [_column(name, values) for name, values in named]
    return FittingTable(title, [c for c in made if not (c.spare and c.is_empty)])


def _column(name: str, values: Sequence[object]) -> Column:
    return Column(
        name=name.removesuffix("?"),
        cells=[Text(seen(word(value))) for value in values],
        whole=all(isinstance(v, date) or is_code(word(v)) for v in values),
        spare=name.endswith("?"),
    )


def fields(*pairs: tuple[str, object]) -> RenderableType:
    """Return names and values beneath each other; empty values are left out."""
    made = Table.grid(padding=(0, 2))
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    for name, value in pairs:
        if word(value):
            made.add_row(Text(name, style="bold"), Text(seen(word(value))))
    return made


def lines(text: str, style: str = "") -> Text:
    """Return words that others wrote, safe to print."""
    return Text(seen(text), style=style)


def short(identifier: object) -> str:
    """Return as much of an id as people need."""
    return str(identifier)[:SHORT] if identifier else ""


def word(value: object) -> str:
    """Return a value as people write it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, datetime):
        return f"{value.astimezone(BRUSSELS):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%a %d/%m/%Y}"
    return str(value)


def seen(text: str) -> str:
    """Return text in which nothing acts on the terminal."""
    return _UNSEEN.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def _plain(value: object) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
