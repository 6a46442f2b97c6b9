"""`estafette audit entry`: one entry of the trail, with its rulings in words."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import RenderableType

from acts.audit.one_entry import OneEntry, show_entry
from acts.seat import Seat
from commands.audit.entries import auditor
from commands.policy.app import Language, LanguageOption
from commands.policy.views import ruling_document, ruling_page
from commands.terminal.options import Who, grouped
from commands.terminal.output import fields, lines, show
from commands.terminal.references import entry_id
from commands.terminal.seats import look
from policies.rulings import SharingPolicies

app = typer.Typer(rich_markup_mode=None)


@app.command("entry")
@grouped
def entry(
    which: Annotated[
        str, typer.Argument(metavar="ENTRY", help="Its id, or the start of it.")
    ],
    who: Who,
    lang: LanguageOption = Language.EN,
) -> None:
    """Show one entry, and in words why what it tells of was allowed or refused.

    For auditors, about the agencies that they watch over. That you looked is an entry.
    """

    def found(at: Seat) -> tuple[OneEntry, SharingPolicies]:
        shown = show_entry(at.desk, auditor(at), entry_id(at, which))
        return shown, at.desk.sharing

    page, sharing = look(who, found)
    document = page.model_dump(mode="json") | {
        "rulings": [
            {"id": str(each.note.id), "allowed": each.note.allowed}
            | (ruling_document(sharing, each.ruling, lang) if each.ruling else {})
            for each in page.rulings
        ]
    }
    rulings = [
        part
        for each in page.rulings
        if each.ruling
        for part in (lines(""), *ruling_page(sharing, each.ruling, lang))
    ]
    show(document, _fields(page), *rulings, as_json=who.json)


def _fields(page: OneEntry) -> RenderableType:
    """Return everything that an entry says, with whole ids; rulings come beneath."""
    line, gone = page.line, page.line.erased
    return fields(
        ("entry", line.entry),
        ("number", page.seq),
        ("at", line.at.isoformat()),
        ("kind", line.kind),
        ("operation", line.operation),
        ("agency", line.agency),
        ("who", line.officer),
        ("as", line.function),
        ("in place of", line.on_behalf_of),
        ("whom it names", line.named),
        ("case", line.case),
        ("handoff", line.handoff),
        ("items", "\n".join(map(str, line.items))),
        ("to", ", ".join(line.recipients)),
        ("purpose", line.purpose),
        ("article", line.article),
        ("detail", line.detail),
        ("rulings", "\n".join(map(str, line.rulings))),
        ("system", line.system),
        ("names erased on", line.erased_on),
        ("subjects erased on", line.subjects_erased_on),
        ("it erased", f"{gone.parts} parts of other entries" if gone else ""),
        ("receipt", line.receipt),
    )
