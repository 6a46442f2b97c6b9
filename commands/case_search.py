"""Looking cases up, beside `estafette case`: by a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from acts.lookups import FoundCase, find_by_number
from commands.options import Part, Who, grouped, text
from commands.output import lines, short, show, table
from commands.sessions import look
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
    who: Who,
    part: Part,
) -> None:
    """Find the cases in which a number stands, among what you may read.

    The number is checked and turned into a token at your own node; it is stored and
    logged nowhere. What was given to your agency is found once it was opened there.
    """
    wanted = parse_number(number)
    found = look(
        who, lambda at: find_by_number(at.desk, at.reader(), wanted, part.window)
    )
    hint = lines(part.more([each.case for each in found]), "dim")
    document = [_document(each) for each in found]
    show(document, _found_table(found), hint, as_json=who.json)


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
