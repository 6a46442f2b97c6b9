"""`estafette appeal`: appeals to the Council of State."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import date
from typing import Annotated

import typer

from acts import appeals
from acts.appeals import Judgment, LodgedAppeal, NoAppeal
from acts.performing import Done
from acts.seat import Seat
from commands.terminal.choices import appeal_of, decision_of
from commands.terminal.options import (
    CaseArgument,
    DecisionOption,
    Who,
    day,
    grouped,
    text,
)
from commands.terminal.references import case_id
from commands.terminal.seats import act
from models.decisions import DecisionState
from models.words import AppealResult

app = typer.Typer(rich_markup_mode=None)


@app.command("record")
@grouped
def record(
    case: CaseArgument,
    lodged_on: Annotated[date, day("--lodged-on", help="Day it was lodged.")],
    who: Who,
    urgent: Annotated[
        bool,
        typer.Option("--urgent", help="In extreme urgency: standstill holds on."),
    ] = False,
    decision: DecisionOption = None,
) -> None:
    """Record an appeal to the Council of State (119ter §11).

    Possible until it is confirmed that there was none. What lies beneath the decision
    is kept until it is ruled on.
    """

    def deed(at: Seat) -> Awaitable[Done]:
        where = case_id(at, case)
        chosen = decision_of(at, where, decision, DecisionState.NOTIFIED)
        lodged = LodgedAppeal(
            decision=chosen.id, lodged_on=lodged_on, extreme_urgency=urgent
        )
        return appeals.record(at.desk, at.officer, where, lodged)

    act(who, deed)


@app.command("none")
@grouped
def none(
    case: CaseArgument,
    proof: Annotated[str, text("--proof", help="What registry or counsel stated.")],
    who: Who,
    decision: DecisionOption = None,
) -> None:
    """Confirm that no appeal was lodged, or none but those ruled on.

    Possible once the term for appeal has ended. Only then are underlying data due for
    destruction (119quinquies §2).
    """

    def deed(at: Seat) -> Awaitable[Done]:
        where = case_id(at, case)
        chosen = decision_of(at, where, decision, DecisionState.NOTIFIED)
        confirmed = NoAppeal(decision=chosen.id, proof=proof)
        return appeals.confirm_none(at.desk, at.officer, where, confirmed)

    act(who, deed)


@app.command("rule")
@grouped
def rule(
    case: CaseArgument,
    result: Annotated[AppealResult, typer.Option(help="What was decided.")],
    ruled_on: Annotated[date, day("--ruled-on", help="Day of the judgment.")],
    who: Who,
    appeal: Annotated[
        str | None, typer.Option(metavar="APPEAL", help="Which; the open one if any.")
    ] = None,
) -> None:
    """Record the judgment on an appeal (119ter §11).

    One that annuls makes underlying data due for destruction; after one that rejects,
    confirm with `none` that there is no other appeal.
    """

    def deed(at: Seat) -> Awaitable[Done]:
        where = case_id(at, case)
        judgment = Judgment(
            appeal=appeal_of(at, where, appeal).id,
            result=result,
            ruled_on=ruled_on,
        )
        return appeals.rule(at.desk, at.officer, where, judgment)

    act(who, deed)
