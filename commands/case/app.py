"""`estafette case`: from the opening decision to the closing one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from acts.cases import Opening
from acts.offered.bodies import Reasons
from commands.case import emergencies, listing, people, search, secrecy, views
from commands.terminal.files import read_form
from commands.terminal.offices import Office, look_in, order, order_case
from commands.terminal.options import (
    Caller,
    CaseArgument,
    NamesOption,
    Part,
    grouped,
    text,
)
from commands.terminal.output import lines, show, tell
from models.act_kinds import ActKind
from models.errors import InvalidInput
from models.ids import OfficerId
from models.law.decisions import GateScope, Precondition
from models.secrecy import Secrecy
from models.subjects import read_subject_card

app = typer.Typer(rich_markup_mode=None)
app.add_typer(people.app)
app.add_typer(emergencies.app)
app.add_typer(secrecy.app)
app.add_typer(search.app)


@dataclass(frozen=True)
class OpeningOptions:
    """What the mayor's opening decision says."""

    activity: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="What is done there, such as car_wash: `estafette pack show be-119ter"
            " --part activities` lists them.",
        ),
    ]
    subject: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="YAML or JSON: enterprise, establishment, address, persons in charge.",
        ),
    ]
    facts: Annotated[str, text("--facts", help="What gives cause to the inquiry.")]
    route: Annotated[str, typer.Option(metavar="PACK", help="Which route of law.")] = (
        "be-119ter"
    )
    confirm: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE", help="A precondition that holds, such as pre.rd; repeat it."
        ),
    ] = None
    confirm_all: Annotated[
        bool,
        typer.Option("--confirm-all", help="All hold that must always hold; listed."),
    ] = False
    designate: Annotated[
        list[str] | None,
        typer.Option(metavar="OFFICER", help="Who works on the case; repeat it."),
    ] = None
    no_permit: Annotated[
        bool,
        typer.Option("--no-permit", help="No permit is needed: closure (119ter §9)."),
    ] = False
    secrecy: Annotated[
        Secrecy, typer.Option(help="What outsiders are told who ask about the case.")
    ] = Secrecy.INVISIBLE


@app.command("open")
@grouped
def open_(opening: OpeningOptions, who: Caller) -> None:
    """Open a case: the mayor's decision (119ter §2).

    Starts the term of the inquiry (§4). Refused while a precondition of the route is
    not confirmed. Names, numbers, address and facts are sealed at once.
    """
    order_case(who, lambda office: _opening(office, opening, quiet=who.json))


@app.command("list")
@grouped
def list_(
    who: Caller,
    part: Part,
    stage: Annotated[
        str | None, typer.Option(metavar="STAGE", help="Only those in this stage.")
    ] = None,
    by_stage: Annotated[
        bool, typer.Option("--by-stage", help="Stage by stage; else by what is due.")
    ] = False,
    names: NamesOption = False,
) -> None:
    """List your cases, by what is due first; each page is an entry of the ledger.

    With `--names` the subject cards of the page are opened at your node, as far as you
    may read them; one more entry names all of them.
    """

    def see(office: Office) -> listing.ShownList:
        page = list(office.cases(part.window, stage=stage, by_stage=by_stage))
        known = [line.case.id for line in page]
        named = office.names_of_cases(known) if names else None
        return listing.ShownList(page, office.packs, office.today, named)

    found = look_in(who, see)
    hint = lines(part.more([line.case.id for line in found.found]), "dim")
    show(found.document, listing.list_page(found), hint, as_json=who.json)


@app.command("story")
@grouped
def story(case: CaseArgument, who: Caller, part: Part) -> None:
    """Show what happened in a case, page by page, oldest first."""
    found = look_in(
        who, lambda office: list(office.story(office.id_of("case", case), part.window))
    )
    hint = lines(part.more([line.id for line in found]), "dim")
    show(found, views.story_table(found), hint, as_json=who.json)


@app.command("show")
@grouped
def show_(case: CaseArgument, who: Caller) -> None:
    """Show a case: clocks, handoffs, items, decisions.

    Also the days that are left, and its story. This is what may be known without
    opening an item; `estafette item show` opens one.
    """
    found = look_in(
        who,
        lambda office: views.documented(
            office, office.case(office.id_of("case", case))
        ),
    )
    show(found.document, *views.page(found), as_json=who.json)


@app.command("extend")
@grouped
def extend(
    case: CaseArgument,
    reasons: Annotated[str, text("--reasons", help="Why more time is needed.")],
    who: Caller,
) -> None:
    """Extend the inquiry, once, with reasons (119ter §4)."""
    order(who, ActKind.CASE_EXTEND, case, Reasons(reasons=reasons))


@app.command("close")
@grouped
def close(
    case: CaseArgument,
    reasons: Annotated[str, text("--reasons", help="Why the case ends.")],
    who: Caller,
) -> None:
    """Close the case.

    Where the law of its route says so (NLC 119quinquies §2), its underlying data are
    destroyed today unless it led to a measure.
    """
    order(who, ActKind.CASE_CLOSE, case, Reasons(reasons=reasons))


def _opening(office: Office, given: OpeningOptions, *, quiet: bool) -> Opening:
    return Opening(
        route=given.route,
        activity=given.activity,
        permit_regime=not given.no_permit,
        preconditions=_confirmed(office, given, quiet=quiet),
        subject=read_subject_card(read_form(given.subject)),
        facts=given.facts,
        designated=tuple(OfficerId(each) for each in given.designate or ()),
        secrecy=given.secrecy,
    )


def _confirmed(
    office: Office, given: OpeningOptions, *, quiet: bool
) -> tuple[str, ...]:
    pack = office.packs.current(given.route, office.today)
    gates = {gate.code: gate for gate in pack.preconditions}
    chosen = list(given.confirm or ())
    for code in chosen:
        if code not in gates:
            raise InvalidInput(
                f"`{code}` is no precondition of `{given.route}`",
                help=f"choose from {', '.join(gates)}",
            )
    if given.confirm_all:
        always = [gate for gate in gates.values() if gate.scope is GateScope.ALWAYS]
        chosen += [gate.code for gate in always if gate.code not in chosen]
        if not quiet:
            tell("you confirm that these hold:", *(_line(gate) for gate in always))
    return tuple(chosen)


def _line(gate: Precondition) -> str:
    return f"  {gate.code}  {gate.label.en} ({gate.article})"
