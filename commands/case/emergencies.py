"""`estafette case`: reading in an emergency, and the review that follows."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated

import typer

from acts import emergencies
from acts.performing import Done
from acts.seat import Seat
from commands.terminal.options import CaseArgument, Who, WholeCaseArgument, grouped
from commands.terminal.references import case_id, choose, whole_id
from commands.terminal.seats import act
from models.ids import CaseId
from models.people import GlassGround, ReviewOutcome

app = typer.Typer(rich_markup_mode=None)


@app.command("break-glass")
@grouped
def break_glass(
    case: WholeCaseArgument,
    ground: Annotated[GlassGround, typer.Option("--ground", help="Why.")],
    hours: Annotated[int, typer.Option("--hours", min=1, help="For how long.")],
    who: Who,
) -> None:
    """Read a case for some hours without being named, in an emergency.

    Reading only, and only what your agency was given. Your supervisor is told at once,
    and so is each originator whose item you read. A review opens.
    """
    act(
        who,
        lambda at: emergencies.break_glass(
            at.desk, at.officer, CaseId(whole_id("case", case)), ground, hours
        ),
    )


@app.command("review")
@grouped
def review(
    case: CaseArgument,
    outcome: Annotated[
        ReviewOutcome, typer.Option("--outcome", help="What you found.")
    ],
    who: Who,
    emergency: Annotated[
        str | None,
        typer.Option(metavar="EMERGENCY", help="Which; the one that waits, if one."),
    ] = None,
) -> None:
    """Conclude the review of an emergency; it ends with it.

    By a supervisor of the agency whose officer declared it.
    """

    def deed(at: Seat) -> Awaitable[Done]:
        where = case_id(at, case)
        waiting = emergencies.open_reviews(at.desk, at.officer, where)
        chosen = choose(waiting, "emergency", emergency, waiting)
        return emergencies.review(at.desk, at.officer, where, chosen.id, outcome)

    act(who, deed)
