"""`estafette hearing`: the invitation with its proof, and what came of it."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from acts import hearings
from acts.hearings import Invitation, Minutes
from acts.performing import Done
from acts.seat import Seat
from commands.terminal.choices import hearing_of
from commands.terminal.files import read_words
from commands.terminal.options import CaseArgument, Who, day, grouped, text
from commands.terminal.references import case_id
from commands.terminal.seats import act
from models.words import Attendance, ServiceMode

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
def invite(case: CaseArgument, invitation: InvitationOptions, who: Who) -> None:
    """Enter an invitation with its proof (119ter §13)."""
    act(
        who,
        lambda at: hearings.invite(
            at.desk, at.officer, case_id(at, case), invitation.build()
        ),
    )


@app.command("record")
@grouped
def record(case: CaseArgument, given: MinutesOptions, who: Who) -> None:
    """Record a hearing, or the absence from it (119ter §13)."""

    def deed(at: Seat) -> Awaitable[Done]:
        said = tuple(read_words("--argument", each) for each in given.argument or ())
        where = case_id(at, case)
        minutes = Minutes(
            hearing=hearing_of(at, where, given.hearing).id,
            attendance=given.attendance,
            text=given.minutes,
            arguments=said,
        )
        return hearings.record(at.desk, at.officer, where, minutes)

    act(who, deed)
