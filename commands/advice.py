"""`estafette advice`: the reasoned request, its admissibility, and the advice."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from acts import advice
from acts.advice import AdviceRequest
from acts.offered.bodies import Reasons, Text
from acts.performing import Done
from acts.seat import Seat
from commands.terminal.offices import order
from commands.terminal.options import CaseArgument, HandoffArgument, Who, grouped, text
from commands.terminal.references import case_id
from commands.terminal.seats import act
from commands.terminal.sources import source_between
from models.act_kinds import ActKind
from models.ids import AgencyId
from models.law.sources import SourceKind

app = typer.Typer(rich_markup_mode=None)


class RegisterResult(StrEnum):
    """What the register said, as the request must repeat it."""

    HIT = "hit"
    NO_HIT = "no-hit"


@dataclass(frozen=True)
class RequestOptions:
    """What a request must hold beside the identity of those concerned (L24 20 al.1)."""

    to: Annotated[str, typer.Option(metavar="AGENCY", help="The adviser: deipp.")]
    inquiry: Annotated[str, text("--inquiry", help="What the inquiry did and found.")]
    register: Annotated[RegisterResult, typer.Option(help="What the register said.")]
    motivation: Annotated[str, text("--motivation", help="Why an advice is needed.")]


@app.command("request")
@grouped
def request(case: CaseArgument, asked: RequestOptions, who: Who) -> None:
    """Request an advice (119ter §7, L24 19-20).

    There is no negative decision without one.
    """

    def deed(at: Seat) -> Awaitable[Done]:
        where = case_id(at, case)
        wanted = AdviceRequest(
            to=AgencyId(asked.to),
            source=source_between(at, where, asked.to, SourceKind.ADVICE),
            inquiry_done=asked.inquiry,
            register_hit=asked.register is RegisterResult.HIT,
            motivation=asked.motivation,
        )
        reader = at.reader()
        return advice.request(at.desk, reader, where, wanted)

    act(who, deed)


@app.command("complete")
@grouped
def complete(
    handoff: HandoffArgument,
    words: Annotated[str, text("--text", help="What was missing.")],
    who: Who,
) -> None:
    """Complete an inadmissible request (L24 20 al.3).

    Within five working days, or it is rejected.
    """
    order(who, ActKind.ADVICE_COMPLETE, handoff, Text(text=words))


@app.command("admit")
@grouped
def admit(handoff: HandoffArgument, who: Who) -> None:
    """Confirm that a request is admissible (L24 20 al.5).

    The term of the advice starts.
    """
    order(who, ActKind.ADVICE_ADMIT, handoff)


@app.command("reject")
@grouped
def reject(
    handoff: HandoffArgument,
    reasons: Annotated[str, text("--reasons", help="What the request lacks.")],
    who: Who,
) -> None:
    """Say that a request is inadmissible (L24 20 al.3-4).

    It can be completed once; the second time is final.
    """
    order(who, ActKind.ADVICE_REJECT, handoff, Reasons(reasons=reasons))


@app.command("deliver")
@grouped
def deliver(
    handoff: HandoffArgument,
    words: Annotated[str, text("--text", help="The reasoned advice.")],
    who: Who,
) -> None:
    """Deliver the advice (L24 23-24).

    It will be annexed to the decision, so all of it is disclosed to the operator.
    """
    order(who, ActKind.ADVICE_DELIVER, handoff, Text(text=words))
