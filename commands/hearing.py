"""`estafette hearing`: the invitation with its proof, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

import typer

from acts.hearings import Invitation, Minutes
from commands.terminal.choices import hearing_of
from commands.terminal.files import read_words
from commands.terminal.offices import Office, order
from commands.terminal.options import Caller, CaseArgument, day, grouped, text
from models.act_kinds import ActKind
from models.proceedings import Attendance, ServiceMode

app = typer.Typer(rich_markup_mode=None)


@dataclass(frozen=True)
class InvitationOptions:
    """The invitation, and how it is proven that it was presented."""

    mode: Annotated[ServiceMode, typer.Option(help="How it was handed over.")]
    presented_on: Annotated[
        date, day("--presented-on", help="Day of first presentation, on the proof.")
    ]
    hearing_on: Annotated[date, day("--hearing-on", help="Day of the hearing.")]
    letter: Annotated[str, text("--letter", help="The invitation.")]
    proof: Annotated[str, text("--proof", help="What proves it, such as a number.")]

    def build(self) -> Invitation:
        """Return the invitation."""
        return Invitation(
            mode=self.mode,
            presented_on=self.presented_on,
            hearing_on=self.hearing_on,
            letter=self.letter,
            proof=self.proof,
        )


@dataclass(frozen=True)
class MinutesOptions:
    """What happened at the hearing."""

    attendance: Annotated[Attendance, typer.Option(help="What the person did with it.")]
    minutes: Annotated[str, text("--minutes", help="What was said.")]
    hearing: Annotated[
        str | None,
        typer.Option(metavar="HEARING", help="Which; the one not recorded yet if any."),
    ] = None
    argument: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT|@FILE",
            help="One argument of the person; repeat it. Each gets a number from 1,"
            " and each must be answered in the decision.",
        ),
    ] = None


@app.command("invite")
@grouped
def invite(case: CaseArgument, invitation: InvitationOptions, who: Caller) -> None:
    """Enter an invitation with its proof (119ter §13)."""
    order(who, ActKind.HEARING_INVITE, case, invitation.build())


@app.command("record")
@grouped
def record(case: CaseArgument, given: MinutesOptions, who: Caller) -> None:
    """Record a hearing, or the absence from it (119ter §13)."""
    said = tuple(read_words("--argument", each) for each in given.argument or ())

    def minutes(office: Office, where: UUID) -> Minutes:
        return Minutes(
            hearing=hearing_of(office, where, given.hearing).id,
            attendance=given.attendance,
            text=given.minutes,
            arguments=said,
        )

    order(who, ActKind.HEARING_RECORD, case, minutes)
