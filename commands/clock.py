"""`estafette clock`: how a term is counted, day by day. Needs no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer
from rich.console import RenderableType

from commands.terminal.options import AsJson, day, grouped, noun_of_one
from commands.terminal.output import fields, show, table
from models.errors import InvalidInput
from models.law.clocks import Clock
from models.packs import Pack
from policies.calendars import calendar
from policies.clocks import Counting, count
from policies.loading import load_packs

app = noun_of_one()


@dataclass(frozen=True)
class Counted:
    """Which term, from which day."""

    pack: Annotated[str, typer.Option(metavar="PACK", help="Such as be-119ter.")]
    clock: Annotated[str, typer.Option(metavar="CODE", help="Such as inquiry.")]
    start: Annotated[
        date, day("--from", help="Day of the act that starts the term (not day one).")
    ]
    extended: Annotated[
        bool, typer.Option("--extended", help="Count with the one extension.")
    ] = False


@app.command("explain")
@grouped
def explain(counted: Counted, json: AsJson = False) -> None:
    """Explain how a term is counted, day by day.

    Shows its last day and each day that is not counted, with the reason. The rules are
    those of the pack that holds on the day of the act.
    """
    pack = load_packs().current(counted.pack, counted.start)
    clock = pack.clock(counted.clock)
    extended = int(counted.extended)
    if extended and clock.extension is None:
        raise InvalidInput(
            f"the `{clock.code}` term has no extension",
            help=f"leave `--extended` out; see {clock.article}",
        )
    days = calendar(pack.calendar, pack.closures)
    counting = count(clock, counted.start, days, extended=extended)
    show(_document(pack, clock, counting), *_page(clock, counting), as_json=json)


def _document(pack: Pack, clock: Clock, counting: Counting) -> dict[str, object]:
    return {
        "pack": pack.id,
        "version": pack.version,
        "clock": clock.code,
        "article": clock.article,
        "unit": clock.unit,
        "start": counting.start,
        "first_day": counting.first_day,
        "deadline": counting.deadline,
        "counted": counting.counted,
        "skipped": [
            {"day": each.day, "reason": each.reason.en} for each in counting.skipped
        ],
    }


def _page(clock: Clock, counting: Counting) -> list[RenderableType]:
    unit = clock.unit.replace("_", " ")
    return [
        fields(
            ("term", f"{clock.label.en} ({clock.article})"),
            ("act", counting.start),
            ("first day", counting.first_day),
            ("counted", f"{counting.counted} {unit}"),
            ("last day", counting.deadline),
        ),
        table(
            "not counted",
            "day|why",
            ((each.day, each.reason.en) for each in counting.skipped),
        ),
    ]
