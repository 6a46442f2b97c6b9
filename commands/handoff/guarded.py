"""`estafette handoff`: what judicial and intelligence services say, or do not."""

from __future__ import annotations

import typer

from acts import handoffs
from commands.terminal.options import HandoffArgument, Who, grouped
from commands.terminal.references import act_on

app = typer.Typer(rich_markup_mode=None)


@app.command("nothing")
@grouped
def nothing(handoff: HandoffArgument, who: Who) -> None:
    """Note that nothing is known, where even that may not be told (LVP art. 45).

    Judicial and intelligence services only. To the asker the question stays open until
    its term ends: as if you may not say, or nobody had looked.
    """
    act_on(who, handoff, lambda at, it: handoffs.nothing_known(at.desk, at.officer, it))


@app.command("confirm")
@grouped
def confirm(handoff: HandoffArgument, who: Who) -> None:
    """Turn the second key: a prepared judicial or intelligence answer leaves.

    By the magistrate or chief, named for the question, and never by its author. Read
    what was prepared first, with `estafette item show`.
    """
    act_on(who, handoff, lambda at, it: handoffs.confirm(at.desk, at.officer, it))


@app.command("decline")
@grouped
def decline(handoff: HandoffArgument, who: Who) -> None:
    """Refuse the second key: the prepared answer never leaves.

    Another may be prepared. The asker sees nothing of it.
    """
    act_on(who, handoff, lambda at, it: handoffs.decline(at.desk, at.officer, it))
