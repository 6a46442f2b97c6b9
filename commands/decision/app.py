"""`estafette decision`: what is missing, the proposal, the decision, its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from acts.decisions import Notification, Proposal
from acts.offered.bodies import DecisionReasons, DecisionText
from commands.decision.motivations import read_motivation
from commands.terminal.choices import advice_of, decision_of
from commands.terminal.offices import Office, look_in, order
from commands.terminal.options import (
    Caller,
    CaseArgument,
    DecisionOption,
    day,
    grouped,
    text,
)
from commands.terminal.output import lines, show, table
from models.act_kinds import ActKind
from models.decisions import DECIDED, DecisionState
from models.proceedings import ServiceMode
from policies.readiness import Gap

app = typer.Typer(rich_markup_mode=None)

OutcomeOption = Annotated[
    str, typer.Option(metavar="CODE", help="Outcome of the route, such as out.refuse.")
]

_MOTIVATION = typer.Option(
    metavar="FILE",
    exists=True,
    dir_okay=False,
    help="YAML or JSON, as in docs/examples/refusal.yaml (119ter §10).",
)
MotivationOption = Annotated[Path | None, _MOTIVATION]


@dataclass(frozen=True)
class ProposalOptions:
    """What the mayor proposes, and why."""

    outcome: OutcomeOption
    motivation: Annotated[Path, _MOTIVATION]
    months: Annotated[
        int | None, typer.Option(min=1, help="How long; only where the law limits it.")
    ] = None
    lifting_conditions: Annotated[
        str,
        text("--lifting-conditions", help="When the measure is lifted.", blank=True),
    ] = ""


@dataclass(frozen=True)
class ReceiptOptions:
    """The proven receipt of a decision; terms run from it, never from sending."""

    mode: Annotated[ServiceMode, typer.Option(help="How it was handed over.")]
    received_on: Annotated[
        date, day("--received-on", help="Day of receipt or first presentation.")
    ]
    proof: Annotated[str, text("--proof", help="What proves it.")]
    decision: DecisionOption = None
    advice: Annotated[
        str | None,
        typer.Option(metavar="ITEM", help="The advice annexed; the only one if any."),
    ] = None


@app.command("gaps")
@grouped
def gaps(
    case: CaseArgument,
    outcome: OutcomeOption,
    who: Caller,
    motivation: MotivationOption = None,
) -> None:
    """List what is still missing before a decision; with a motivation, try it out."""

    def ask(office: Office) -> Sequence[Gap]:
        tried = None if motivation is None else read_motivation(office, motivation)
        return office.gaps(office.id_of("case", case), outcome, tried)

    found = list(look_in(who, ask))
    rows = [(g.label.en, g.missing, g.article, g.requirement) for g in found]
    page = table("still missing", "piece|what lacks|article|rule", rows)
    nothing = lines("nothing is missing")
    show(found, page if rows else nothing, as_json=who.json)


@app.command("propose")
@grouped
def propose(case: CaseArgument, proposal: ProposalOptions, who: Caller) -> None:
    """Propose a decision to the college (119ter §8-§9).

    The mayor's act. Refused while a piece is missing; the refusal lists each with its
    article.
    """

    def proposed(office: Office, _: UUID) -> Proposal:
        return Proposal(
            outcome=proposal.outcome,
            motivation=read_motivation(office, proposal.motivation),
            months=proposal.months,
            lifting_conditions=proposal.lifting_conditions,
        )

    order(who, ActKind.DECISION_PROPOSE, case, proposed)


@app.command("adopt")
@grouped
def adopt(
    case: CaseArgument,
    words: Annotated[str, text("--text", help="The reasoned decision.")],
    who: Caller,
    decision: DecisionOption = None,
) -> None:
    """Adopt a proposal as the college (119ter §8-§9).

    Another authority than the one that proposed.
    """

    def adopted(office: Office, where: UUID) -> DecisionText:
        chosen = decision_of(office, where, decision, DecisionState.PROPOSED)
        return DecisionText(decision=chosen.id, text=words)

    order(who, ActKind.DECISION_ADOPT, case, adopted)


@app.command("notify")
@grouped
def notify(case: CaseArgument, receipt: ReceiptOptions, who: Caller) -> None:
    """Enter the proven receipt, the advice annexed.

    Standstill and appeal terms run from that day (119ter §8 al.3, §11).
    """

    def notification(office: Office, where: UUID) -> Notification:
        chosen = decision_of(office, where, receipt.decision, DecisionState.ADOPTED)
        return Notification(
            decision=chosen.id,
            mode=receipt.mode,
            received_on=receipt.received_on,
            advice=advice_of(office, where, receipt.advice),
            proof=receipt.proof,
        )

    order(who, ActKind.DECISION_NOTIFY, case, notification)


@app.command("withdraw")
@grouped
def withdraw(
    case: CaseArgument,
    reasons: Annotated[str, text("--reasons", help="Which facts no longer hold.")],
    who: Caller,
    decision: DecisionOption = None,
) -> None:
    """Withdraw a decision whose facts no longer hold.

    A duty of the college (119ter §12).
    """

    def withdrawn(office: Office, where: UUID) -> DecisionReasons:
        chosen = decision_of(office, where, decision, *DECIDED)
        return DecisionReasons(decision=chosen.id, reasons=reasons)

    order(who, ActKind.DECISION_WITHDRAW, case, withdrawn)
