"""Options that many commands share, and how a group of options becomes one value."""

from __future__ import annotations

import dataclasses
import functools
import inspect
import re
import typing
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

import typer

from commands.terminal.files import read_text, read_words
from models.days import FIRST, LAST, can_be
from models.errors import InvalidInput
from models.handling import is_article
from models.pages import LARGEST_PAGE, Window

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_day(text: str) -> date:
    """Read a day as `YYYY-MM-DD`.

    Raises:
        InvalidInput: it is no such day.
    """
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise InvalidInput(f"`{text}` is not a day", help="write it as 2026-03-02")
    if not can_be(found):
        raise InvalidInput(
            f"`{text}` is too far away", help=f"give a day from {FIRST} to {LAST}"
        )
    return found


def read_article(text: str) -> str:
    """Read a reference to a law.

    Raises:
        InvalidInput: it has not the form of one.
    """
    if not is_article(text):
        raise InvalidInput(
            f"`{text}` is no article", help="write it as `NLC 119ter §6`"
        )
    return text


def read_place(text: str) -> UUID:
    """Read the id after which a list goes on.

    Raises:
        InvalidInput: it is no whole id.
    """
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInput(
            f"`{text}` is no whole id",
            help="give the one that stands under the page before: `more: --after ID`",
        ) from None


def article(*names: str, help: str) -> typing.Any:
    """Return an option that takes a reference to a law."""
    return typer.Option(*names, metavar="ARTICLE", parser=read_article, help=help)


def day(*names: str, help: str) -> typing.Any:
    """Return an option that takes a day."""
    return typer.Option(*names, metavar="YYYY-MM-DD", parser=read_day, help=help)


def text(name: str, *, help: str, blank: bool = False) -> typing.Any:
    """Return an option that takes words, or `@FILE`, or `@-` for standard input.

    Unless they may be `blank`, there must be some; else the option is named.
    """

    def words(given: str) -> str:
        return read_text(given) if blank else read_words(name, given)

    return typer.Option(name, metavar="TEXT|@FILE", parser=words, help=help)


AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON document and nothing else.")
]
CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="Id of the case, or how it starts.")
]
WholeCaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="The whole id: the case is hidden.")
]
HandoffArgument = Annotated[
    str, typer.Argument(metavar="HANDOFF", help="Id of the handoff, or how it starts.")
]
ItemArgument = Annotated[
    str, typer.Argument(metavar="ITEM", help="Id of the item, or how it starts.")
]
NamesOption = Annotated[
    bool,
    typer.Option("--names", help="Open whom each row is about; you are logged."),
]
DecisionOption = Annotated[
    str | None,
    typer.Option(metavar="DECISION", help="Which; the one it can be for if any."),
]


def noun_of_one() -> typer.Typer:
    """Return a noun whose only command keeps its name; Typer would swallow it."""
    app = typer.Typer(rich_markup_mode=None)
    app.callback()(lambda: None)
    return app


@dataclasses.dataclass(frozen=True)
class Part:
    """Which part of a list is wanted."""

    limit: Annotated[
        int, typer.Option(min=1, max=LARGEST_PAGE, help="How many rows at most.")
    ] = 50
    after: Annotated[
        UUID | None,
        typer.Option(
            metavar="ID",
            parser=read_place,
            help="Go on after the row with this id, in full.",
        ),
    ] = None

    @property
    def window(self) -> Window:
        """Return the part as the lists take it."""
        return Window(limit=self.limit, after=self.after)

    def more(self, rows: Sequence[object]) -> str:
        """Return how to go on when a page is full; `rows` are ids."""
        return f"more: --after {rows[-1]}" if len(rows) == self.limit else ""


@dataclasses.dataclass(frozen=True)
class Who:
    """Who acts, here and nowhere else, and for whom the answer is: person or program.

    Commands that work elsewhere as well take a `Caller`.
    """

    as_: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="AGENCY/OFFICER",
            envvar="ESTAFETTE_AS",
            help="Who acts; in demo and tests only.",
        ),
    ] = ""
    json: AsJson = False


@dataclasses.dataclass(frozen=True)
class Caller:
    """Who acts, here or at an installation elsewhere, and for whom the answer is."""

    as_: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="AGENCY/OFFICER",
            envvar="ESTAFETTE_AS",
            help="Who acts, in demo and tests; with ESTAFETTE_URL, who signed in.",
        ),
    ] = ""
    json: AsJson = False

    @property
    def here(self) -> Who:
        """Return who acts at a desk of this machine."""
        return Who(self.as_, self.json)


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Let each parameter that is a dataclass take its fields as options.

    Typer wants one parameter per option. Commands want the value that a group of
    options makes together, such as `Who`.
    """
    written = inspect.signature(command, eval_str=True).parameters.values()
    groups = {p.name: p.annotation for p in written if _is_group(p)}
    options = [
        o for p in written for o in (_fields(p.annotation) if _is_group(p) else [p])
    ]

    @functools.wraps(command)
    def expanded(**given: object) -> None:
        for name, group in groups.items():
            names = [field.name for field in dataclasses.fields(group)]
            given[name] = group(**{each: given.pop(each) for each in names})
        command(**given)

    keyword = inspect.Parameter.KEYWORD_ONLY
    options = [option.replace(kind=keyword) for option in options]
    expanded.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    expanded.__annotations__ = {o.name: o.annotation for o in options}
    return expanded


def _is_group(parameter: inspect.Parameter) -> bool:
    return dataclasses.is_dataclass(parameter.annotation)


def _fields(group: typing.Any) -> list[inspect.Parameter]:
    hints = typing.get_type_hints(group, include_extras=True)
    missing = inspect.Parameter.empty
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=missing if field.default is dataclasses.MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in dataclasses.fields(group)
    ]
