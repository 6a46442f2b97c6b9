"""`estafette case`: who works on a case, and who is kept out of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.console import RenderableType

from acts.offered.bodies import Conflicted, KeptOut, Named, NamedUntil
from acts.people import CasePeople
from commands.case.views import designated_table
from commands.handoff.views import reviews_table
from commands.terminal.offices import look_in, order
from commands.terminal.options import Caller, CaseArgument, day, grouped
from commands.terminal.output import show, table
from models.act_kinds import ActKind
from models.ids import OfficerId
from models.people import ExclusionGround

app = typer.Typer(rich_markup_mode=None)

OfficerArgument = Annotated[
    str, typer.Argument(metavar="OFFICER", help="AGENCY/OFFICER, of your own agency.")
]
OfficerOption = Annotated[
    str,
    typer.Option(
        "--officer", metavar="OFFICER", help="AGENCY/OFFICER, of your own agency."
    ),
]
GroundOption = Annotated[ExclusionGround, typer.Option("--ground", help="Why.")]


@app.command("people")
@grouped
def people_(case: CaseArgument, who: Caller) -> None:
    """Show who of your agency is named for a case, and who is kept out of it.

    Caller is kept out is shown to the mayor and to supervisors only.
    """
    found = look_in(who, lambda office: office.people(office.id_of("case", case)))
    show(found, *_page(found), as_json=who.json)


@app.command("designate")
@grouped
def designate(
    case: CaseArgument,
    officer: OfficerArgument,
    who: Caller,
    until: Annotated[date | None, day("--until", help="The last day of it.")] = None,
) -> None:
    """Name an officer for the case (119ter §3), or write the last day of it anew.

    Need to know is by name, not by function alone.
    """
    named = NamedUntil(officer=OfficerId(officer), until=until)
    order(who, ActKind.CASE_DESIGNATE, case, named)


@app.command("release")
@grouped
def release(case: CaseArgument, officer: OfficerArgument, who: Caller) -> None:
    """End an officer's designations in the case, today and at once.

    By the mayor, or the supervisor of another agency. The last handler is released only
    once another is designated.
    """
    order(who, ActKind.CASE_RELEASE, case, Named(officer=OfficerId(officer)))


@app.command("exclude")
@grouped
def exclude(
    case: CaseArgument, officer: OfficerOption, ground: GroundOption, who: Caller
) -> None:
    """Keep an officer out of a case: a conflict of interest.

    By the mayor or a supervisor. Beats every permission: for that officer the case is
    no longer there, and designations and covers in it end.
    """
    kept_out = KeptOut(officer=OfficerId(officer), ground=ground)
    order(who, ActKind.CASE_EXCLUDE, case, kept_out)


@app.command("recuse")
@grouped
def recuse(case: CaseArgument, ground: GroundOption, who: Caller) -> None:
    """Declare a conflict of interest of your own; the case is gone for you at once.

    Your supervisor is told that somebody else must follow.
    """
    order(who, ActKind.CASE_RECUSE, case, Conflicted(ground=ground))


@app.command("readmit")
@grouped
def readmit(case: CaseArgument, officer: OfficerOption, who: Caller) -> None:
    """End an exclusion; what it took away must be given anew.

    By the mayor or a supervisor.
    """
    order(who, ActKind.CASE_READMIT, case, Named(officer=OfficerId(officer)))


def _page(found: CasePeople) -> list[RenderableType]:
    kept_out = ((e.officer, e.ground, e.from_day) for e in found.excluded)
    return [
        designated_table(found.designated),
        table("excluded", "officer|ground|from", kept_out),
        reviews_table(found.emergencies),
    ]
