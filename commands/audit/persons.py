"""`estafette audit person`: what every agency received about somebody."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import RenderableType

from acts.audit.persons import Received, received_by_number, received_in_case
from acts.seat import Seat
from commands.audit.entries import auditor
from commands.audit.views import below, who_did
from commands.terminal.options import Part, Who, grouped, text
from commands.terminal.output import short, show, table
from commands.terminal.references import trail_case_id
from commands.terminal.seats import look
from models.errors import InvalidInput
from models.numbers import parse_number

app = typer.Typer(rich_markup_mode=None)


_BY_CASE = (
    "your agency has met this number in no case; that tells nothing of what others"
    " received: ask by `--case`"
)


@app.command("person")
@grouped
def person(
    who: Who,
    part: Part,
    number: Annotated[
        str,
        text(
            "--number",
            help="Of a person, enterprise or establishment; `@-` keeps it out of your"
            " shell's history.",
            blank=True,
        ),
    ] = "",
    case: Annotated[
        str | None,
        typer.Option(metavar="CASE", help="One case; its id, or the start."),
    ] = None,
) -> None:
    """List what agencies and officers received about somebody, latest first.

    By a number in the index of your own agency, or by a case, as far as you watch over
    those who gave or read. Each line says whether the person may be told of it, and
    under which article; nothing here tells them.
    """
    if bool(number.strip()) == (case is not None):
        raise InvalidInput(
            "whom it is about is said by a number or a case",
            help="give either `--number` or `--case`",
        )

    def see(at: Seat) -> list[Received]:
        reader = auditor(at)
        if case is not None:
            return received_in_case(
                at.desk, reader, trail_case_id(at, case), part.window
            )
        return received_by_number(at.desk, reader, parse_number(number), part.window)

    found = look(who, see)
    more = part.more([each.line.entry for each in found])
    hint = below(found, _BY_CASE if number and not found else more)
    show(found, _table(found), hint, as_json=who.json)


def _table(found: list[Received]) -> RenderableType:
    rows = (
        (
            short(each.line.entry),
            each.line.at,
            who_did(each.line),
            ", ".join(each.line.recipients),
            each.delay.words,
            each.line.kind,
            short(each.line.case),
            ", ".join(each.regimes),
            each.line.article,
            each.delay.article,
        )
        for each in found
    )
    columns = "entry|at|by|to|notice|kind?|case?|regime?|article?|under?"
    return table("received", columns, rows)
