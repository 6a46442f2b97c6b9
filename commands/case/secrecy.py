"""`estafette case`: whether a case exists, and what outsiders are told of it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import RenderableType

from acts.offered.bodies import Concealed
from commands.terminal.offices import look_in, order
from commands.terminal.options import (
    Caller,
    CaseArgument,
    WholeCaseArgument,
    grouped,
)
from commands.terminal.output import fields, show
from commands.terminal.references import whole_id
from models.act_kinds import ActKind
from models.cases import Existence
from models.secrecy import Secrecy

app = typer.Typer(rich_markup_mode=None)

ModeOption = Annotated[
    Secrecy, typer.Option("--mode", help="What somebody outside is told who asks.")
]


@app.command("conceal")
@grouped
def conceal(case: CaseArgument, mode: ModeOption, who: Caller) -> None:
    """Set what outsiders are told who ask whether the case exists.

    Nothing (invisible), whom to ask (pointer), or that there is a case, with route,
    agency and stage (stub). Only agencies that the pack names are told; all others get
    the answer of a case that never was.
    """
    order(who, ActKind.CASE_CONCEAL, case, Concealed(mode=mode))


@app.command("exists")
@grouped
def exists(case: WholeCaseArgument, who: Caller) -> None:
    """Ask whether a case exists; each question is an entry of the ledger.

    What you are told is for the agency that leads the case to decide. A case that is
    hidden from you and one that never was get the same answer.
    """
    meant = whole_id("case", case)
    found = look_in(who, lambda office: office.existence_of(meant))
    show(found, _page(found), as_json=who.json)


def _page(found: Existence) -> RenderableType:
    return fields(
        ("case", str(found.case)),
        ("ask", f"{found.agency} {found.contact}"),
        ("route", found.route),
        ("stage", found.stage),
    )
