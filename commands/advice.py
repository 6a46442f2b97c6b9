"""`estafette advice`: the reasoned request, its admissibility, and the advice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import typer

from acts.advice import AdviceRequest
from acts.offered.bodies import Reasons, Text
from commands.terminal.offices import Office, order
from commands.terminal.options import (
    Caller,
    CaseArgument,
    HandoffArgument,
    grouped,
    text,
)
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
def request(case: CaseArgument, asked: RequestOptions, who: Caller) -> None:
    """Request an advice (119ter §7, L24 19-20).

    There is no negative decision without one.
    """

    def wanted(office: Office, where: UUID) -> AdviceRequest:
        return AdviceRequest(
            to=AgencyId(asked.to),
            source=source_between(office, where, asked.to, SourceKind.ADVICE),
            inquiry_done=asked.inquiry,
            register_hit=asked.register is RegisterResult.HIT,
            motivation=asked.motivation,
        )

    order(who, ActKind.ADVICE_REQUEST, case, wanted)


@app.command("complete")
@grouped
def complete(
    handoff: HandoffArgument,
    words: Annotated[str, text("--text", help="What was missing.")],
    who: Caller,
) -> None:
    """Complete an inadmissible request (L24 20 al.3).

    Within five working days, or it is rejected.
    """
    order(who, ActKind.ADVICE_COMPLETE, handoff, Text(text=words))


@app.command("admit")
@grouped
def admit(handoff: HandoffArgument, who: Caller) -> None:
    """Confirm that a request is admissible (L24 20 al.5).

    The term of the advice starts.
    """
    order(who, ActKind.ADVICE_ADMIT, handoff)


@app.command("reject")
@grouped
def reject(
    handoff: HandoffArgument,
    reasons: Annotated[str, text("--reasons", help="What the request lacks.")],
    who: Caller,
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
    who: Caller,
) -> None:
    """Deliver the advice (L24 23-24).

    It will be annexed to the decision, so all of it is disclosed to the operator.
    """
    order(who, ActKind.ADVICE_DELIVER, handoff, Text(text=words))
