"""`estafette audit entry`: one entry of the trail, with its rulings in words."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import RenderableType

from acts.audit.one_entry import OneEntry, show_entry
from acts.seat import Seat
from commands.policy.app import Language, LanguageOption
from commands.policy.views import ruling_document, ruling_page
from commands.terminal.options import Who, grouped
from commands.terminal.output import fields, lines, show
from commands.terminal.references import entry_id
from commands.terminal.seats import look
from models.agencies import ReadReason
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
        reader = at.reader(ReadReason.CHECKING)
        return show_entry(at.desk, reader, entry_id(at, which)), at.desk.sharing

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
    line = page.line
    return fields(
        ("entry", str(line.entry)),
        ("number", page.seq),
        ("at", line.at),
        ("kind", line.kind),
        ("who", line.officer or line.agency),
        ("as", line.function),
        ("case", str(line.case or "")),
        ("items", " ".join(map(str, line.items))),
        ("to", ", ".join(line.recipients)),
        ("article", line.article),
        ("detail", line.detail),
        ("receipt", line.receipt),
    )
