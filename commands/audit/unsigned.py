"""`estafette audit twins`: changes of hand-offs that one side has not signed."""

from __future__ import annotations

import typer

from acts.audit.twins import unsigned
from commands.audit.entries import auditor
from commands.terminal.options import Who, grouped
from commands.terminal.output import short, show, table
from commands.terminal.seats import look

app = typer.Typer(rich_markup_mode=None)

_COLUMNS = "handoff|change|owed by|since|side?|refused?|case?|step?|at?"


@app.command("twins")
@grouped
def twins(who: Who) -> None:
    """List the changes of hand-offs that one side has not signed for half a minute.

    For auditors, of hand-offs with an agency that they watch over on either side; the
    oldest 200 at most. What a node refused to sign is listed at once.
    """
    found = look(who, lambda at: unsigned(at.desk, auditor(at)))
    rows = (
        (
            short(each.handoff_id),
            each.change,
            each.agency_id,
            each.since,
            each.side,
            "yes" if each.refused else "",
            short(each.case_id),
            each.step,
            each.at,
        )
        for each in found
    )
    show(found, table("not signed", _COLUMNS, rows), as_json=who.json)
