"""`estafette audit finding`: what an auditor found, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.console import RenderableType

from acts.audit import finding_pages, findings
from acts.audit.finding_pages import FindingLine, FindingPage
from acts.audit.findings import FindingDone, NewFinding
from commands.audit.entries import auditor
from commands.terminal.options import Part, Who, day, grouped, text
from commands.terminal.output import fields, lines, short, show, table
from commands.terminal.references import entry_id, finding_id
from commands.terminal.seats import look
from models.agencies import ReadReason
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
    who: Who,
    due: DueOption = None,
) -> None:
    """Open a finding on entries of the trail, against the agency of its owner.

    For auditors who watch over that agency. The text is sealed for the two agencies;
    nobody but their auditors and the owner can tell that there is a finding.
    """
    done = look(
        who,
        lambda at: findings.open_finding(
            at.desk,
            auditor(at),
            NewFinding(
                entries=tuple(entry_id(at, each) for each in entries),
                owner=OfficerId(owner),
                text=words,
                due_on=due,
            ),
        ),
    )
    _tell(done, who)


@app.command("answer")
@grouped
def answer(finding: FindingArgument, words: TextOption, who: Who) -> None:
    """Answer a finding, as its owner."""
    done = look(
        who,
        lambda at: findings.answer(at.desk, at.officer, finding_id(at, finding), words),
    )
    _tell(done, who)


@app.command("follow")
@grouped
def follow(
    finding: FindingArgument, words: TextOption, who: Who, due: DueOption = None
) -> None:
    """Record a follow-up; with `--due` the owner answers again until then."""
    done = look(
        who,
        lambda at: findings.follow(
            at.desk,
            at.reader(ReadReason.FOLLOWING_UP),
            finding_id(at, finding),
            words,
            due,
        ),
    )
    _tell(done, who)


@app.command("close")
@grouped
def close(
    finding: FindingArgument,
    outcome: Annotated[FindingOutcome, typer.Option(help="How it ended.")],
    words: TextOption,
    who: Who,
) -> None:
    """Close a finding; its texts are destroyed once they were kept long enough."""
    done = look(
        who,
        lambda at: findings.close(
            at.desk,
            at.reader(ReadReason.FOLLOWING_UP),
            finding_id(at, finding),
            words,
            outcome,
        ),
    )
    _tell(done, who)


@app.command("list")
@grouped
def list_(
    who: Who,
    part: Part,
    closed: Annotated[
        bool, typer.Option("--all", help="Those that are closed as well.")
    ] = False,
) -> None:
    """List the findings that concern you, the first due on top."""
    found = look(
        who,
        lambda at: finding_pages.listed(
            at.desk, at.reader(ReadReason.CHECKING), part.window, closed=closed
        ),
    )
    hint = lines(part.more([each.finding.id for each in found]), "dim")
    show(found, _table(found), hint, as_json=who.json)


@app.command("show")
@grouped
def show_(finding: FindingArgument, who: Who) -> None:
    """Show a finding with all that was written about it; that you read it is logged."""
    page = look(
        who,
        lambda at: finding_pages.show(
            at.desk, at.reader(ReadReason.CHECKING), finding_id(at, finding)
        ),
    )
    show(page, _fields(page), _steps(page), as_json=who.json)


def _tell(done: FindingDone, who: Who) -> None:
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
