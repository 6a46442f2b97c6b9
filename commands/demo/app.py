"""`estafette demo`: run, play, move and reset the demo."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from commands.demo import federation
from commands.demo import up as servers
from commands.demo.endings import play_measure, play_no_measure
from commands.demo.play import open_play
from commands.terminal.installation import settings_here
from commands.terminal.logbook import open_logbook
from commands.terminal.options import AsJson
from commands.terminal.output import show
from models.errors import NotConfigured, NotFound
from runtime.nodes import nodes_apart
from runtime.settings import Settings
from serving.demo_days import let_days_pass
from serving.desk import engine, open_desk

app = typer.Typer(rich_markup_mode=None)
# Seconds; a play goes on from one act to the next, and a worker may have to warm up.
_PLAY_PATIENCE = 30.0


class Ending(StrEnum):
    """How a played case ends."""

    MEASURE = "measure"
    NONE = "none"
    BOTH = "both"


@app.command("up")
def up(
    federated: Annotated[
        bool,
        typer.Option("--federated", help="Give each agency a node of its own."),
    ] = False,
) -> None:
    """Start PostgreSQL, Temporal and a worker, until Ctrl-C; data stay.

    With `--federated`, each agency's keys lie in a directory of their own and are used
    by a process of their own, which reaches coordination over mutual TLS.
    """
    servers.up(_settings(), Console(), federated=federated)


@app.command("play")
def play(
    ending: Annotated[Ending, typer.Option(help="Which ending to play.")] = Ending.BOTH,
) -> None:
    """Play the reference case: each act by the officer who may do it.

    A day lasts a fifth of a second; both endings take about two minutes.
    """
    asyncio.run(_play(_settings(), ending))


@app.command("advance")
def advance(
    days: Annotated[int, typer.Option(help="How many calendar days to let pass.")],
    json: AsJson = False,
) -> None:
    """Let time pass for everybody; terms end and data fall due on the way."""
    today = asyncio.run(let_days_pass(_settings(), days))
    show({"today": today}, f"it is now {today:%d/%m/%Y}", as_json=json)


@app.command("reset")
def reset(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Throw away all data of the demo."""
    settings = _settings()
    if not settings.data.exists():
        raise NotFound(f"there are no data in `{settings.data}`")
    if not yes and not typer.confirm(f"destroy everything in {settings.data}?"):
        Console().print("nothing was destroyed")
        raise typer.Exit(1)
    servers.reset(settings)
    Console().print("the demo is empty; start it with `estafette demo up`")


async def _play(settings: Settings, ending: Ending) -> None:
    process = await engine(settings, patience=_PLAY_PATIENCE)
    with open_desk(settings, process) as desk:
        open_logbook()
        if federation.is_there(settings):
            desk = replace(desk, nodes=nodes_apart(settings))
        play = open_play(settings, desk, process, Console())
        if ending is not Ending.NONE:
            await play_measure(play)
        if ending is not Ending.MEASURE:
            await play_no_measure(play)
        play.console.print(
            f"\n{play.acts} acts done, {play.refusals} refused as they should be."
            " Verify the trail with `estafette ledger verify`."
        )


def _settings() -> Settings:
    settings = settings_here()
    if settings.production:
        raise NotConfigured(
            "there is no demo in production",
            help="unset ESTAFETTE_ENV, or set it to `demo`, on another machine",
        )
    return settings
