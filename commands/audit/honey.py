"""`estafette audit honey`: items that nobody has a task with."""

from __future__ import annotations

import typer

from acts.audit import honey
from acts.audit.honey import HoneyDone
from commands.audit.entries import auditor
from commands.terminal.options import ItemArgument, Who, grouped
from commands.terminal.output import fields, show, table
from commands.terminal.references import honey_id, trail_item_id
from commands.terminal.seats import look

app = typer.Typer(
    rich_markup_mode=None, help="Watch items that nobody has a task with."
)


@app.command("set")
@grouped
def set_(item: ItemArgument, who: Who) -> None:
    """Make an item of the trail a honey record.

    From now on a read of it is listed by `estafette audit unusual`. Nobody but the
    auditors of your agency, and those who watch over it, can tell.
    """
    done = look(
        who,
        lambda at: honey.set_honey(at.desk, auditor(at), trail_item_id(at, item)),
    )
    _tell(done, who)


@app.command("lift")
@grouped
def lift(item: ItemArgument, who: Who) -> None:
    """Let an item be no honey record any more."""
    done = look(
        who,
        lambda at: honey.lift_honey(at.desk, auditor(at), honey_id(at, item)),
    )
    _tell(done, who)


@app.command("list")
@grouped
def list_(who: Who) -> None:
    """List the honey records of your agency."""
    found = look(who, lambda at: honey.listed(at.desk, auditor(at)))
    rows = ((each.item, each.set_at, each.lifted_at) for each in found)
    show(found, table("honey records", "item|set|lifted", rows), as_json=who.json)


def _tell(done: HoneyDone, who: Who) -> None:
    said = fields(("item", done.item), ("receipt", done.receipt))
    show(done, said, as_json=who.json)
