"""`estafette handoff`: what judicial and intelligence services say, or do not."""

from __future__ import annotations

import typer

from commands.terminal.offices import order
from commands.terminal.options import Caller, HandoffArgument, grouped
from models.act_kinds import ActKind

app = typer.Typer(rich_markup_mode=None)


@app.command("nothing")
@grouped
def nothing(handoff: HandoffArgument, who: Caller) -> None:
    """Note that nothing is known, where even that may not be told (LVP art. 45).

    Judicial and intelligence services only. To the asker the question stays open until
    its term ends: as if you may not say, or nobody had looked.
    """
    order(who, ActKind.HANDOFF_NOTHING, handoff)


@app.command("confirm")
@grouped
def confirm(handoff: HandoffArgument, who: Caller) -> None:
    """Turn the second key: a prepared judicial or intelligence answer leaves.

    By the magistrate or chief, named for the question, and never by its author. Read
    what was prepared first, with `estafette item show`.
    """
    order(who, ActKind.HANDOFF_CONFIRM, handoff)


@app.command("decline")
@grouped
def decline(handoff: HandoffArgument, who: Caller) -> None:
    """Refuse the second key: the prepared answer never leaves.

    Another may be prepared. The asker sees nothing of it.
    """
    order(who, ActKind.HANDOFF_DECLINE, handoff)
