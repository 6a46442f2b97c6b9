"""`estafette audit honey`: items that nobody has a task with."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from acts.audit import honey
from acts.audit.honey import HoneyDone
from commands.terminal.options import Who, grouped
from commands.terminal.output import fields, show, table
from commands.terminal.seats import look
from models.agencies import ReadReason
from models.ids import ItemId

app = typer.Typer(
    rich_markup_mode=None, help="Watch items that nobody has a task with."
)

ItemArgument = Annotated[
    UUID, typer.Argument(metavar="ITEM", help="The item, in full.")
]


@app.command("set")
@grouped
def set_(item: ItemArgument, who: Who) -> None:
    """Make an item of the trail a honey record.

    From now on a read of it is listed by `estafette audit unusual`. Nobody but the
    auditors of your agency, and those who watch over it, can tell.
    """
    done = look(
        who,
        lambda at: honey.set_honey(
            at.desk, at.reader(ReadReason.CHECKING), ItemId(item)
        ),
    )
    _tell(done, who)


@app.command("lift")
@grouped
def lift(item: ItemArgument, who: Who) -> None:
    """Let an item be no honey record any more."""
    done = look(
        who,
        lambda at: honey.lift_honey(
            at.desk, at.reader(ReadReason.CHECKING), ItemId(item)
        ),
    )
    _tell(done, who)


@app.command("list")
@grouped
def list_(who: Who) -> None:
    """List the honey records of your agency."""
    found = look(who, lambda at: honey.listed(at.desk, at.reader(ReadReason.CHECKING)))
    rows = ((each.item, each.set_at, each.lifted_at) for each in found)
    show(found, table("honey records", "item|set|lifted", rows), as_json=who.json)


def _tell(done: HoneyDone, who: Who) -> None:
    said = fields(("item", done.item), ("receipt", done.receipt))
    show(done, said, as_json=who.json)
