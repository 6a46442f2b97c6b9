"""`estafette decision`: what is missing, the proposal, the decision, its receipt."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from acts import decisions
from acts.decisions import Notification, Proposal
from acts.pages import overview
from acts.performing import Done
from acts.seat import Seat
from commands.decision.motivations import read_motivation
from commands.terminal.choices import advice_of, decision_of
from commands.terminal.options import (
    CaseArgument,
    DecisionOption,
    Who,
    day,
    grouped,
    text,
)
from commands.terminal.output import lines, show, table
from commands.terminal.references import case_id
from commands.terminal.seats import act, look
from models.decisions import DecisionState
from models.ids import ItemId
from models.words import ServiceMode
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
    who: Who,
    motivation: MotivationOption = None,
) -> None:
    """List what is still missing before a decision; with a motivation, try it out."""

    def ask(at: Seat) -> list[Gap]:
        tried = None
        if motivation is not None:
            reasons = read_motivation(at, motivation)
            proposal = Proposal(outcome=outcome, motivation=reasons)
            tried = decisions.proposing(proposal, ItemId(uuid4()))
        case_ = case_id(at, case)
        return overview.decision_gaps(at.desk, at.officer, case_, outcome, tried)

    found = look(who, ask)
    rows = [(g.label.en, g.missing, g.article, g.requirement) for g in found]
    page = table("still missing", "piece|what lacks|article|rule", rows)
    nothing = lines("nothing is missing")
    show(found, page if rows else nothing, as_json=who.json)


@app.command("propose")
@grouped
def propose(case: CaseArgument, proposal: ProposalOptions, who: Who) -> None:
    """Propose a decision to the college (119ter §8-§9).

    The mayor's act. Refused while a piece is missing; the refusal lists each with its
    article.
    """

    def deed(at: Seat) -> Awaitable[Done]:
        proposed = Proposal(
            outcome=proposal.outcome,
            motivation=read_motivation(at, proposal.motivation),
            months=proposal.months,
            lifting_conditions=proposal.lifting_conditions,
        )
        return decisions.propose(at.desk, at.officer, case_id(at, case), proposed)

    act(who, deed)


@app.command("adopt")
@grouped
def adopt(
    case: CaseArgument,
    words: Annotated[str, text("--text", help="The reasoned decision.")],
    who: Who,
    decision: DecisionOption = None,
) -> None:
    """Adopt a proposal as the college (119ter §8-§9).

    Another authority than the one that proposed.
    """

    def deed(at: Seat) -> Awaitable[Done]:
        where = case_id(at, case)
        chosen = decision_of(at, where, decision, DecisionState.PROPOSED)
        return decisions.adopt(at.desk, at.officer, where, chosen.id, words)

    act(who, deed)


@app.command("notify")
@grouped
def notify(case: CaseArgument, receipt: ReceiptOptions, who: Who) -> None:
    """Enter the proven receipt, the advice annexed.

    Standstill and appeal terms run from that day (119ter §8 al.3, §11).
    """

    def deed(at: Seat) -> Awaitable[Done]:
        where = case_id(at, case)
        chosen = decision_of(at, where, receipt.decision, DecisionState.ADOPTED)
        notification = Notification(
            decision=chosen.id,
            mode=receipt.mode,
            received_on=receipt.received_on,
            advice=advice_of(at, where, receipt.advice),
            proof=receipt.proof,
        )
        return decisions.notify(at.desk, at.officer, where, notification)

    act(who, deed)


@app.command("withdraw")
@grouped
def withdraw(
    case: CaseArgument,
    reasons: Annotated[str, text("--reasons", help="Which facts no longer hold.")],
    who: Who,
    decision: DecisionOption = None,
) -> None:
    """Withdraw a decision whose facts no longer hold.

    A duty of the college (119ter §12).
    """

    def deed(at: Seat) -> Awaitable[Done]:
        where = case_id(at, case)
        chosen = decision_of(
            at, where, decision, DecisionState.ADOPTED, DecisionState.NOTIFIED
        )
        return decisions.withdraw(at.desk, at.officer, where, chosen.id, reasons)

    act(who, deed)
