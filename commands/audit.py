"""`estafette audit`: what an auditor asks of the trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

import typer
from rich.console import RenderableType

from acts.auditing import TrailLine, trail_of
from commands.options import Part, Who, day, grouped, noun_of_one
from commands.output import lines, short, show, table
from commands.sessions import look
from models.agencies import ReadReason
from models.ids import CaseId, ItemId
from storage.trail import Wanted

app = noun_of_one()


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


def _table(found: Sequence[TrailLine]) -> RenderableType:
    rows = (
        (
            short(each.entry),
            each.at,
            each.kind,
            each.officer or each.agency,
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
