"""The command line: which nouns there are, and how the program ends."""

import io
import os
import sys
from typing import NoReturn

import typer

from commands.terminal.errors import complain, fault_of
from commands.terminal.files import check_words
from commands.terminal.lazy import Nouns
from commands.terminal.version import VersionOption
from runtime.leave import leave

Nouns.nouns = {
    "case": ("commands.case.app", "Open a case, follow it, close it."),
    "officer": ("commands.officer", "Let colleagues stand in for those who are away."),
    "item": ("commands.item.app", "Add to the file, and read what is in it."),
    "handoff": ("commands.handoff.app", "Ask other agencies, and answer them."),
    "register": ("commands.register", "Query the central register, and file in it."),
    "advice": ("commands.advice", "Request an advice, judge the request, deliver it."),
    "hearing": ("commands.hearing", "Invite to a hearing, and record it."),
    "decision": (
        "commands.decision.app",
        "Propose, adopt, notify or withdraw a decision.",
    ),
    "appeal": ("commands.appeal", "Record an appeal, its ruling, or its absence."),
    "notice": ("commands.notice", "Hear by mail or webhook that something waits."),
    "clock": ("commands.clock", "Explain how a statutory term is counted."),
    "pack": ("commands.pack", "Show the law of a route, and check pack files."),
    "policy": ("commands.policy.app", "Check, explain and replay the sharing rules."),
    "audit": ("commands.audit.app", "Read the trail, and follow up what it shows."),
    "coordination": ("commands.coordination", "See load, delays and turnaround."),
    "ledger": ("commands.ledger.app", "Verify the trail of everything that was done."),
    "directory": ("commands.directory", "Enter agencies, and who acts for them."),
    "node": ("commands.node", "Make and change a node's keys, and get them certified."),
    "session": ("commands.session", "Sign in to an installation elsewhere."),
    "demo": ("commands.demo.app", "Run, play and move the demo."),
}

app = typer.Typer(
    cls=Nouns,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def estafette(_: VersionOption = False) -> None:
    """Case coordination between public services: durable, need-to-know, provable.

    In the demo, `--as AGENCY/OFFICER` says who acts; `estafette directory list` lists
    them. With ESTAFETTE_URL, officers act on an installation elsewhere, once `estafette
    session begin` signed them in. Ids may be shortened to four characters or more.
    """


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    try:
        check_words([*arguments, os.environ.get("ESTAFETTE_AS", "")])
        ended = app(arguments or ["--help"], "estafette", standalone_mode=False)
    except SystemExit as left:  # a pipe that nobody reads any more
        return int(left.code or 0)
    except (Exception, KeyboardInterrupt) as error:
        fault = fault_of(error)
        complain(fault, as_json="--json" in arguments)
        return fault.exit_code
    return ended if isinstance(ended, int) else 0


def main() -> NoReturn:
    """Run the command that was typed, and leave."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no accents
    leave(run(sys.argv[1:]))
