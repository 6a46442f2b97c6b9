"""`estafette case`: reading in an emergency, and the review that follows."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from acts.offered.bodies import LONGEST, Emergency, Reviewed
from commands.terminal.offices import Office, order
from commands.terminal.options import Caller, CaseArgument, WholeCaseArgument, grouped
from commands.terminal.references import choose, whole_id
from models.act_kinds import ActKind
from models.people import GlassGround, ReviewOutcome

app = typer.Typer(rich_markup_mode=None)


@app.command("break-glass")
@grouped
def break_glass(
    case: WholeCaseArgument,
    ground: Annotated[GlassGround, typer.Option("--ground", help="Why.")],
    hours: Annotated[
        int, typer.Option("--hours", min=1, max=LONGEST, help="For how long.")
    ],
    who: Caller,
) -> None:
    """Read a case for some hours without being named, in an emergency.

    Reading only, and only what your agency was given. Your supervisor is told at once,
    and so is each originator whose item you read. A review opens.
    """
    said = Emergency(ground=ground, hours=hours)
    order(who, ActKind.CASE_BREAK_GLASS, whole_id("case", case), said)


@app.command("review")
@grouped
def review(
    case: CaseArgument,
    outcome: Annotated[
        ReviewOutcome, typer.Option("--outcome", help="What you found.")
    ],
    who: Caller,
    emergency: Annotated[
        str | None,
        typer.Option(metavar="EMERGENCY", help="Which; the one that waits, if one."),
    ] = None,
) -> None:
    """Conclude the review of an emergency; it ends with it.

    By a supervisor of the agency whose officer declared it.
    """

    def reviewed(office: Office, where: UUID) -> Reviewed:
        waiting = office.reviews_of(where)
        chosen = choose(waiting, "emergency", emergency, waiting)
        return Reviewed(glass=chosen.id, outcome=outcome)

    order(who, ActKind.CASE_REVIEW, case, reviewed)
