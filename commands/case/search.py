"""Looking cases up, beside `estafette case`: by a number, or by words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from acts.pages.lookups import FoundCase
from acts.pages.searching import Searched
from commands.terminal.files import read_text
from commands.terminal.offices import Office, look_in
from commands.terminal.options import Caller, Part, grouped, text
from commands.terminal.output import lines, short, show, table
from models.agencies import ReadReason
from models.numbers import parse_number

app = typer.Typer(rich_markup_mode=None)


@app.command("find")
@grouped
def find(
    number: Annotated[
        str,
        text(
            "--number",
            help="Of an enterprise, an establishment or a person; `@-` keeps it out"
            " of your shell's history.",
        ),
    ],
    who: Caller,
    part: Part,
) -> None:
    """Find the cases in which a number stands, among what you may read.

    The number is checked and turned into a token at your own node; it is stored and
    logged nowhere. What was given to your agency is found once it was opened there.
    """
    wanted = parse_number(number)
    found = look_in(who, lambda office: office.find(wanted, part.window))
    hint = lines(part.more([each.case for each in found]), "dim")
    document = [_document(each) for each in found]
    show(document, _found_table(found), hint, as_json=who.json)


@app.command("search")
@grouped
def search_(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORD",
            parser=read_text,
            help="All of them, or parts of them; accents and case do not count.",
        ),
    ],
    reason: Annotated[
        ReadReason, typer.Option(help="Why you read; written in the ledger.")
    ],
    who: Caller,
    part: Part,
    case: Annotated[
        str | None, typer.Option(metavar="CASE", help="Only in this case.")
    ] = None,
) -> None:
    """Search the items of your cases for words, at your own node.

    A page looks into the newest 50 items that you may read, or as many as `--limit`
    says: each is opened and logged as read by you, under one entry. The words are
    stored and logged nowhere; `@-` keeps them out of your shell's history.
    """

    def see(office: Office) -> Searched:
        where = None if case is None else office.id_of("case", case)
        return office.search(words, part.window, reason=reason, case=where)

    found = look_in(who, see)
    hint = lines(f"older items: --after {found.after}" if found.after else "", "dim")
    show(_matches(found), _matches_table(found), hint, as_json=who.json)


def _matches(found: Searched) -> dict[str, Any]:
    return {
        "found": [
            each.known.model_dump(mode="json", exclude={"audience"})
            | {"passage": each.passage}
            for each in found.found
        ],
        "after": found.after,
    }


def _matches_table(found: Searched) -> RenderableType:
    rows = (
        (
            short(each.known.item),
            each.known.kind,
            short(each.known.case),
            short(each.known.handoff),
            each.known.originator,
            each.passage,
        )
        for each in found.found
    )
    title = "items with these words, among those looked into"
    return table(title, "item|kind|case|question|from|passage", rows)


def _document(found: FoundCase) -> dict[str, Any]:
    record = found.record
    return {
        "case": found.case,
        "route": record and record.route,
        "stage": record and record.stage,
        "items": [
            item.model_dump(mode="json", exclude={"audience"}) for item in found.items
        ],
    }


def _found_table(found: Sequence[FoundCase]) -> RenderableType:
    rows = (
        (
            short(each.case),
            each.record and each.record.route,
            each.record and each.record.stage,
            short(each.items[0].item),
            ", ".join(dict.fromkeys(item.kind for item in each.items)),
            each.items[0].originator,
            short(each.items[0].handoff),
        )
        for each in found
    )
    columns = "case|route|stage|item|found in|from|question"
    return table("cases with this number", columns, rows)
