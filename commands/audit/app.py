"""`estafette audit`: what an auditor asks of the trail."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import RenderableType

from acts.audit.auditing import TrailLine, trail_of
from acts.audit.exports.taking import Format, extract
from acts.audit.sampling import Draw, Picked, sample, unusual_reads
from acts.seat import Seat
from commands.audit import entry, findings, honey, persons, statutory
from commands.terminal.files import new_file
from commands.terminal.options import Part, Who, day, grouped
from commands.terminal.output import fields, lines, short, show, table
from commands.terminal.seats import look
from models.agencies import ReadReason
from models.ids import CaseId, ItemId
from models.trail import Wanted

app = typer.Typer(rich_markup_mode=None)
app.add_typer(findings.app, name="finding")
app.add_typer(honey.app, name="honey")
app.add_typer(entry.app)
app.add_typer(persons.app)
app.add_typer(statutory.app, name="statutory")


@dataclass(frozen=True)
class Entries:
    """Which entries of the trail are meant; what is given must all fit."""

    case: Annotated[
        UUID | None, typer.Option(metavar="CASE", help="About this case, in full.")
    ] = None
    item: Annotated[
        UUID | None, typer.Option(metavar="ITEM", help="About this item, in full.")
    ] = None
    officer: Annotated[
        str,
        typer.Option(metavar="AGENCY/OFFICER", help="By or about this officer."),
    ] = ""
    since: Annotated[date | None, day("--since", help="From this day on.")] = None
    until: Annotated[date | None, day("--until", help="Up to this day.")] = None

    def wanted(self) -> Wanted:
        """Return it as the trail takes it."""
        return Wanted(
            case=self.case and CaseId(self.case),
            item=self.item and ItemId(self.item),
            officer=self.officer,
            since=self.since,
            until=self.until,
        )


@app.command("trail")
@grouped
def trail(
    entries: Entries,
    who: Who,
    part: Part,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Of this kind; may be repeated."),
    ] = None,
) -> None:
    """List who did or was shown what, when, why and under which article.

    For auditors, about the agencies that they watch over; latest first. No entry
    holds content. That you looked is an entry too. A release is no proof of reading.
    """
    wanted = entries.wanted().model_copy(update={"kinds": tuple(kind or ())})
    found = look(
        who,
        lambda at: trail_of(
            at.desk, at.reader(ReadReason.CHECKING), wanted, part.window
        ),
    )
    hint = lines(part.more([each.entry for each in found]), "dim")
    show(found, _table(found), hint, as_json=who.json)


@app.command("unusual")
@grouped
def unusual(entries: Entries, who: Who, part: Part) -> None:
    """List reads that are out of the ordinary, each with the reason, latest first.

    In an emergency, refused, by somebody kept out of the case or without any other
    act in it, out of hours or on a day off, far more than is usual, or of a honey
    record. None of it says that a read was wrong.
    """
    found = look(
        who,
        lambda at: unusual_reads(
            at.desk, at.reader(ReadReason.CHECKING), entries.wanted(), part.window
        ),
    )
    hint = lines(part.more([each.line.entry for each in found]), "dim")
    show(found, _picked_table("unusual reads", found), hint, as_json=who.json)


@app.command("sample")
@grouped
def sample_(
    entries: Entries,
    who: Who,
    size: Annotated[int, typer.Option(min=1, max=1000, help="How many reads.")] = 20,
    seed: Annotated[
        str, typer.Option(metavar="TEXT", help="The same seed draws the same reads.")
    ] = "",
    by_risk: Annotated[
        bool, typer.Option("--by-risk", help="Those with most signs first.")
    ] = False,
) -> None:
    """Draw a sample of reads that anybody with the same entries can draw again.

    Without `--seed` one is made and printed.
    """
    draw = Draw(size=size, seed=seed or secrets.token_hex(8), by_risk=by_risk)
    found = look(
        who,
        lambda at: sample(
            at.desk,
            at.reader(ReadReason.CHECKING),
            entries.wanted(),
            draw,
        ),
    )
    title = f"{len(found.picked)} of {found.out_of} reads, drawn with seed {draw.seed}"
    show(found, _picked_table(title, found.picked), as_json=who.json)


@app.command("export")
@grouped
def export(
    entries: Entries,
    form: Annotated[Format, typer.Option("--format", help="The form of the file.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")],
    who: Who,
    names: Annotated[
        bool, typer.Option("--names", help="Real ids; the log says so.")
    ] = False,
) -> None:
    """Write entries in a form that other programs read, under pseudonyms.

    `ocel` for process mining, `prov` for provenance, `logboek` for a register of data
    processing, `csv` for a sheet. Officers, cases, handoffs, items, acts and entries
    go by pseudonyms that hold within this file alone. It proves nothing: for that,
    see `estafette ledger export`.
    """

    def write(at: Seat) -> dict[str, object]:
        reader = at.reader(ReadReason.CHECKING)
        made = extract(at.desk, reader, entries.wanted(), form, names=names)
        with closing(made.chunks), new_file(out) as file:
            file.writelines(made.chunks)
        return {"file": str(out), "entries": made.entries, "receipt": made.receipt}

    done = look(who, write)
    show(done, fields(*done.items()), as_json=who.json)


def _picked_table(title: str, found: Sequence[Picked]) -> RenderableType:
    rows = (
        (
            short(each.line.entry),
            each.line.at,
            each.line.officer or each.line.agency,
            each.line.function,
            short(each.line.case),
            ", ".join(map(short, each.line.items)),
            "; ".join(each.signs.values()),
        )
        for each in found
    )
    return table(title, "entry|at|who|as|case|items|why", rows)


def _table(found: Sequence[TrailLine]) -> RenderableType:
    rows = (
        (
            short(each.entry),
            each.at,
            each.kind,
            each.officer or _nobody(each),
            each.function,
            short(each.case),
            ", ".join(map(short, each.items)),
            ", ".join(each.recipients),
            each.article,
            each.detail,
            "" if each.allowed is None else "allowed" if each.allowed else "refused",
        )
        for each in found
    )
    columns = "entry|at|kind|who|as|case|items|to|article|detail|ruling"
    return table("trail", columns, rows)


def _nobody(line: TrailLine) -> str:
    """Return what to say where no officer is named."""
    erased = f", erased on {line.erased_on}" if line.erased_on else ""
    return line.agency + erased
