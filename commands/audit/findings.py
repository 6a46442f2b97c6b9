"""`estafette audit finding`: what an auditor found, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.console import RenderableType

from acts.audit.finding_pages import FindingLine, FindingPage
from acts.audit.findings import FindingDone, NewFinding
from acts.offered.audits import Ending, FollowUp
from acts.offered.bodies import Text
from commands.terminal.offices import Office, look_in, order_audit
from commands.terminal.options import Caller, Part, day, grouped, text
from commands.terminal.output import fields, lines, short, show, table
from models.findings import FindingOutcome
from models.ids import OfficerId

app = typer.Typer(
    rich_markup_mode=None, help="Open findings, answer them, follow up and close."
)

FindingArgument = Annotated[
    str, typer.Argument(metavar="FINDING", help="Its id, or the start of it.")
]
TextOption = Annotated[str, text("--text", help="What is said.")]
DueOption = Annotated[date | None, day("--due", help="The last day for an answer.")]


@app.command("open")
@grouped
def open_(
    entries: Annotated[
        list[str],
        typer.Argument(metavar="ENTRY...", help="The entries of the trail meant."),
    ],
    owner: Annotated[
        str,
        typer.Option(metavar="AGENCY/OFFICER", help="Who answers for it."),
    ],
    words: TextOption,
    who: Caller,
    due: DueOption = None,
) -> None:
    """Open a finding on entries of the trail, against the agency of its owner.

    For auditors who watch over that agency. The text is sealed for the two agencies;
    nobody but their auditors and the owner can tell that there is a finding.
    """

    def new(office: Office) -> NewFinding:
        return NewFinding(
            entries=tuple(office.id_of("entry", each) for each in entries),
            owner=OfficerId(owner),
            text=words,
            due_on=due,
        )

    _tell(order_audit(who, "finding.open", new), who)


@app.command("answer")
@grouped
def answer(finding: FindingArgument, words: TextOption, who: Caller) -> None:
    """Answer a finding, as its owner."""
    _tell(order_audit(who, "finding.answer", Text(text=words), finding), who)


@app.command("follow")
@grouped
def follow(
    finding: FindingArgument, words: TextOption, who: Caller, due: DueOption = None
) -> None:
    """Record a follow-up; with `--due` the owner answers again until then."""
    said = FollowUp(text=words, due_on=due)
    _tell(order_audit(who, "finding.follow", said, finding), who)


@app.command("close")
@grouped
def close(
    finding: FindingArgument,
    outcome: Annotated[FindingOutcome, typer.Option(help="How it ended.")],
    words: TextOption,
    who: Caller,
) -> None:
    """Close a finding; its texts are destroyed once they were kept long enough."""
    said = Ending(text=words, outcome=outcome)
    _tell(order_audit(who, "finding.close", said, finding), who)


@app.command("list")
@grouped
def list_(
    who: Caller,
    part: Part,
    closed: Annotated[
        bool, typer.Option("--all", help="Those that are closed as well.")
    ] = False,
) -> None:
    """List the findings that concern you, the first due on top."""
    found = look_in(
        who,
        lambda office: [*office.audits.findings(part.window, closed=closed)],
    )
    hint = lines(part.more([each.finding.id for each in found]), "dim")
    show(found, _table(found), hint, as_json=who.json)


@app.command("show")
@grouped
def show_(finding: FindingArgument, who: Caller) -> None:
    """Show a finding with all that was written about it; that you read it is logged."""

    def see(office: Office) -> FindingPage:
        return office.audits.finding(office.id_of("finding", finding))

    page = look_in(who, see)
    show(page, _fields(page), _steps(page), as_json=who.json)


def _tell(done: FindingDone, who: Caller) -> None:
    found = done.finding
    said = fields(
        ("finding", short(found.id)),
        ("state", found.state),
        ("outcome", found.outcome),
        ("answer due", None if found.closed_on else found.due_on),
        ("receipt", done.receipt),
    )
    show(done, said, as_json=who.json)


def _table(found: list[FindingLine]) -> RenderableType:
    rows = (
        (
            short(each.finding.id),
            each.finding.state,
            each.finding.owner,
            each.finding.due_on,
            each.overdue,
            each.finding.outcome,
        )
        for each in found
    )
    return table("findings", "finding|state|owner|due|overdue|outcome", rows)


def _fields(page: FindingPage) -> RenderableType:
    found = page.finding
    return fields(
        ("finding", found.id),
        ("state", found.state),
        ("owner", found.owner),
        ("opened by", found.auditor),
        ("opened", found.opened_on),
        ("answer due", found.due_on),
        ("overdue", page.overdue),
        ("outcome", found.outcome),
        ("kept until", found.kept_until),
        ("entries", " ".join(map(str, found.entries))),
        ("receipt", page.receipt),
    )


def _steps(page: FindingPage) -> RenderableType:
    rows = (
        (
            each.taken.at,
            each.taken.step,
            each.taken.agency,
            each.taken.function,
            each.taken.service_number,
            each.text if each.text is not None else "(cannot be opened any more)",
        )
        for each in page.steps
    )
    return table("steps", "at|step|agency|as|number|text", rows)
