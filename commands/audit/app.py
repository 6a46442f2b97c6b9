"""`estafette audit`: what an auditor asks of the trail."""

from __future__ import annotations

import secrets
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from acts.audit.auditing import trail_of
from acts.audit.exports.taking import Format, extract
from acts.audit.sampling import Draw, sample, unusual_reads
from acts.seat import Seat
from commands.audit import (
    entry,
    findings,
    honey,
    persons,
    statutory,
    subject_requests,
    unsigned,
)
from commands.audit.entries import Entries, auditor
from commands.audit.views import below, picked_table, trail_table
from commands.terminal.files import new_file
from commands.terminal.options import Part, Who, grouped
from commands.terminal.output import fields, show
from commands.terminal.seats import look

app = typer.Typer(rich_markup_mode=None)
app.add_typer(findings.app, name="finding")
app.add_typer(honey.app, name="honey")
app.add_typer(entry.app)
app.add_typer(persons.app)
app.add_typer(statutory.app, name="statutory")
app.add_typer(subject_requests.app, name="subject-request")
app.add_typer(unsigned.app)


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
    wide: Annotated[
        bool, typer.Option("--wide", help="Every column, however narrow the terminal.")
    ] = False,
) -> None:
    """List who did or was shown what, when, why and under which article.

    For auditors, about the agencies that they watch over; latest first. No entry
    holds content. That you looked is an entry too. A release is no proof of reading.
    """
    found = look(
        who,
        lambda at: trail_of(
            at.desk,
            auditor(at),
            entries.wanted(at, kind),
            part.window,
        ),
    )
    hint = below(found, part.more([each.entry for each in found]))
    show(found, trail_table(found, wide=wide), hint, as_json=who.json)


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
        lambda at: unusual_reads(at.desk, auditor(at), entries.wanted(at), part.window),
    )
    hint = below(found, part.more([each.line.entry for each in found]))
    show(found, picked_table("unusual reads", found), hint, as_json=who.json)


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
            auditor(at),
            entries.wanted(at),
            draw,
        ),
    )
    title = f"{len(found.picked)} of {found.out_of} reads, drawn with seed {draw.seed}"
    show(found, picked_table(title, found.picked), as_json=who.json)


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
        reader = auditor(at)
        made = extract(at.desk, reader, entries.wanted(at), form, names=names)
        with closing(made.chunks), new_file(out) as file:
            file.writelines(made.chunks)
        return {"file": str(out), "entries": made.entries, "receipt": made.receipt}

    done = look(who, write)
    show(done, fields(*done.items()), as_json=who.json)
