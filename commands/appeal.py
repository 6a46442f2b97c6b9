"""`estafette appeal`: appeals to the Council of State."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import typer

from acts.appeals import Judgment, LodgedAppeal, NoAppeal
from commands.terminal.choices import appeal_of, decision_of
from commands.terminal.offices import Office, order
from commands.terminal.options import (
    Caller,
    CaseArgument,
    DecisionOption,
    day,
    grouped,
    text,
)
from models.act_kinds import ActKind
from models.decisions import DecisionState
from models.proceedings import AppealResult

app = typer.Typer(rich_markup_mode=None)


@app.command("record")
@grouped
def record(
    case: CaseArgument,
    lodged_on: Annotated[date, day("--lodged-on", help="Day it was lodged.")],
    who: Caller,
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

    def lodged(office: Office, where: UUID) -> LodgedAppeal:
        chosen = decision_of(office, where, decision, DecisionState.NOTIFIED)
        return LodgedAppeal(
            decision=chosen.id, lodged_on=lodged_on, extreme_urgency=urgent
        )

    order(who, ActKind.APPEAL_RECORD, case, lodged)


@app.command("none")
@grouped
def none(
    case: CaseArgument,
    proof: Annotated[str, text("--proof", help="What registry or counsel stated.")],
    who: Caller,
    decision: DecisionOption = None,
) -> None:
    """Confirm that no appeal was lodged, or none but those ruled on.

    Possible once the term for appeal has ended. Only then are underlying data due for
    destruction (119quinquies §2).
    """

    def confirmed(office: Office, where: UUID) -> NoAppeal:
        chosen = decision_of(office, where, decision, DecisionState.NOTIFIED)
        return NoAppeal(decision=chosen.id, proof=proof)

    order(who, ActKind.APPEAL_NONE, case, confirmed)


@app.command("rule")
@grouped
def rule(
    case: CaseArgument,
    result: Annotated[AppealResult, typer.Option(help="What was decided.")],
    ruled_on: Annotated[date, day("--ruled-on", help="Day of the judgment.")],
    who: Caller,
    appeal: Annotated[
        str | None, typer.Option(metavar="APPEAL", help="Which; the open one if any.")
    ] = None,
) -> None:
    """Record the judgment on an appeal (119ter §11).

    One that annuls makes underlying data due for destruction; after one that rejects,
    confirm with `none` that there is no other appeal.
    """

    def judgment(office: Office, where: UUID) -> Judgment:
        return Judgment(
            appeal=appeal_of(office, where, appeal).id,
            result=result,
            ruled_on=ruled_on,
        )

    order(who, ActKind.APPEAL_RULE, case, judgment)
