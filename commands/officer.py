"""`estafette officer`: who stands in for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer
from rich.console import RenderableType

from acts import covers
from acts.seat import Seat
from commands.terminal.options import Who, day, grouped
from commands.terminal.output import fields, short, show, table
from commands.terminal.references import case_id
from commands.terminal.seats import look
from models.ids import OfficerId
from policies.people import Cover

app = typer.Typer(rich_markup_mode=None)

AbsentOption = Annotated[
    str, typer.Option("--absent", metavar="OFFICER", help="Who is away.")
]


@dataclass(frozen=True)
class CoverOptions:
    """Who stands in for whom, on which days and where."""

    absent: AbsentOption
    by: Annotated[str, typer.Option("--by", metavar="OFFICER", help="Who stands in.")]
    from_: Annotated[date, day("--from", help="The first day.")]
    until: Annotated[date, day("--until", help="The last day.")]
    case: Annotated[
        str | None,
        typer.Option("--case", metavar="CASE", help="One case; all if left out."),
    ] = None

    def build(self, at: Seat) -> Cover:
        """Return the cover that is meant."""
        return Cover(
            agency=at.officer.agency,
            absent=OfficerId(self.absent),
            covering=OfficerId(self.by),
            from_day=self.from_,
            until_day=self.until,
            case=None if self.case is None else case_id(at, self.case),
        )


@app.command("cover")
@grouped
def cover(given: CoverOptions, who: Who) -> None:
    """Let a colleague stand in for somebody who is away.

    By a supervisor or the mayor. Lends the absent officer's designations of each day,
    and no function; ends by itself, and is never passed on.
    """
    done = look(who, lambda at: covers.arrange(at.desk, at.officer, given.build(at)))
    _tell(done, who)


@app.command("return")
@grouped
def return_(absent: AbsentOption, who: Who) -> None:
    """End the covers of somebody who came back early, at once.

    By a supervisor or the mayor.
    """
    done = look(who, lambda at: covers.end(at.desk, at.officer, OfficerId(absent)))
    _tell(done, who, title="covers that end now")


@app.command("covers")
@grouped
def covers_(who: Who) -> None:
    """List who stands in for whom: what concerns you, or all for a supervisor."""
    found = look(who, lambda at: covers.listed(at.desk, at.officer))
    show(found, _table(found), as_json=who.json)


def _tell(done: covers.Arranged, who: Who, *, title: str = "covers") -> None:
    receipts = (("receipt", receipt) for receipt in done.receipts)
    page = _table(done.covers, title)
    show(done, page, fields(*receipts), as_json=who.json)


def _table(found: Sequence[Cover], title: str = "covers") -> RenderableType:
    rows = (
        (c.covering, c.absent, c.from_day, c.until_day, short(c.case) or "all")
        for c in found
    )
    return table(title, "officer|for|from|until|case", rows)
