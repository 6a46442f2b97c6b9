"""`estafette audit statutory`: lists for the supervisory authority, by the DPO."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from acts.audit import statutory
from commands.terminal.options import Who, day, grouped
from commands.terminal.output import as_json_text, fields, lines, short, show, table
from commands.terminal.references import statutory_list_id
from commands.terminal.seats import look
from models.agencies import ReadReason

app = typer.Typer(
    rich_markup_mode=None, help="Persons processed and databases consulted, as DPO."
)


@app.command("make")
@grouped
def make(
    since: Annotated[date, day("--since", help="The first day.")],
    until: Annotated[date, day("--until", help="The last day.")],
    who: Who,
) -> None:
    """Make the list of persons processed and databases consulted in a period.

    By the DPO, for the own agency. The subject cards are opened for it, which is logged
    as reading; the list is sealed for the DPO and kept on terms of its own.
    """
    done = look(
        who,
        lambda at: statutory.make(
            at.desk, at.reader(ReadReason.CHECKING), since, until
        ),
    )
    said = fields(
        ("list", short(done.made.id)),
        ("persons", done.persons),
        ("databases", done.databases),
        ("kept until", done.made.kept_until),
        ("receipt", done.receipt),
    )
    show(done, said, as_json=who.json)


@app.command("list")
@grouped
def list_(who: Who) -> None:
    """List the statutory lists of your agency, newest first."""
    found = look(
        who, lambda at: statutory.listed(at.desk, at.reader(ReadReason.CHECKING))
    )
    rows = ((e.id, e.first, e.last, e.made_on, e.kept_until) for e in found)
    columns = "list|first day|last day|made|kept until"
    show(found, table("statutory lists", columns, rows), as_json=who.json)


@app.command("show")
@grouped
def show_(
    list_given: Annotated[
        str, typer.Argument(metavar="LIST", help="Its id, or the start of it.")
    ],
    who: Who,
) -> None:
    """Show what stands on a statutory list; that you read it is logged."""
    page = look(
        who,
        lambda at: statutory.show(
            at.desk,
            at.reader(ReadReason.CHECKING),
            statutory_list_id(at, list_given),
        ),
    )
    show(page, lines(as_json_text(page.content)), as_json=who.json)
