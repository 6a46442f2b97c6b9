"""`estafette audit person`: what every agency received about somebody."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer
from rich.console import RenderableType

from acts.audit.persons import Received, received_by_number, received_in_case
from acts.seat import Seat
from commands.terminal.options import Part, Who, grouped, text
from commands.terminal.output import lines, short, show, table
from commands.terminal.seats import look
from models.agencies import ReadReason
from models.errors import InvalidInput
from models.ids import CaseId
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
        UUID | None, typer.Option(metavar="CASE", help="One case, in full.")
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
        reader = at.reader(ReadReason.CHECKING)
        if case is not None:
            return received_in_case(at.desk, reader, CaseId(case), part.window)
        return received_by_number(at.desk, reader, parse_number(number), part.window)

    found = look(who, see)
    more = part.more([each.line.entry for each in found])
    hint = lines(_BY_CASE if number and not found else more, "dim")
    show(found, _table(found), hint, as_json=who.json)


def _table(found: list[Received]) -> RenderableType:
    rows = (
        (
            short(each.line.entry),
            each.line.at,
            each.line.kind,
            each.line.officer or each.line.agency,
            ", ".join(each.line.recipients),
            short(each.line.case),
            each.line.article,
            ", ".join(each.regimes),
            each.delay.words,
            each.delay.article,
        )
        for each in found
    )
    columns = "entry|at|kind|by|to|case|article|regime|notice|under"
    return table("received", columns, rows)
