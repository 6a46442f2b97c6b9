"""`estafette coordination`: what a coordinator sees of all cases together."""

from __future__ import annotations

import typer
from rich.console import RenderableType

from acts.pages.figures import figures
from commands.terminal.options import Who, grouped
from commands.terminal.output import lines, show, table
from commands.terminal.seats import look
from models.agencies import ReadReason
from models.figures import Figures

app = typer.Typer(rich_markup_mode=None)


@app.callback()
def coordination() -> None:
    """See load, delays and turnaround, without names and without any case's id."""


@app.command("load")
@grouped
def load(who: Who) -> None:
    """Show open cases by agency and stage, and how partners fare with questions.

    Counted are cases of which the lead lets coordinators be told route, agency and
    stage (`estafette case conceal`). A figure with few cases behind it stays hidden.
    That you looked is an entry in the log.
    """
    found = look(who, lambda at: figures(at.desk, at.reader(ReadReason.CHECKING)))
    hidden = lines(f"\n- stands for fewer than {found.least} cases.", "dim")
    show(found, _load(found), _turnaround(found), hidden, as_json=who.json)


def _load(found: Figures) -> RenderableType:
    rows = ((o.agency, o.route, o.stage, _told(o.cases)) for o in found.load)
    return table("open cases", "agency|route|stage|cases", rows)


def _turnaround(found: Figures) -> RenderableType:
    rows = (
        (
            line.partner,
            *map(_told, (line.in_time, line.overdue)),
            *map(_told, (line.answered, line.unanswered)),
            *map(_told, (line.median, line.slowest)),
        )
        for line in found.turnaround
    )
    columns = "partner|open|overdue|answered|unanswered|median days|slowest tenth"
    return table(f"questions, since {found.since}", columns, rows)


def _told(figure: int | None) -> str:
    return "-" if figure is None else str(figure)
