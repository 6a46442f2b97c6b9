"""Which entries of the trail a command is about: options that several share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from acts.audit.auditing import require_auditor
from acts.seat import Seat
from commands.terminal.options import day
from commands.terminal.references import trail_case_id, trail_item_id
from models.agencies import Reader, ReadReason
from models.trail import Wanted


def auditor(at: Seat) -> Reader:
    """Return the officer as an auditor who checks, before any id is looked for.

    Raises:
        NotPermitted: the officer is none.
    """
    reader = at.reader(ReadReason.CHECKING)
    require_auditor(reader)
    return reader


@dataclass(frozen=True)
class Entries:
    """Which entries of the trail are meant; what is given must all fit."""

    case: Annotated[
        str | None,
        typer.Option(metavar="CASE", help="About this case; its id, or the start."),
    ] = None
    item: Annotated[
        str | None,
        typer.Option(metavar="ITEM", help="About this item; its id, or the start."),
    ] = None
    officer: Annotated[
        str,
        typer.Option(metavar="AGENCY/OFFICER", help="By or about this officer."),
    ] = ""
    since: Annotated[date | None, day("--since", help="From this day on.")] = None
    until: Annotated[date | None, day("--until", help="Up to this day.")] = None

    def wanted(self, at: Seat, kinds: list[str] | None = None) -> Wanted:
        """Return it as the trail takes it.

        Raises:
            NotFound: no entry that this auditor sees is about such a case or item.
            InvalidInput: it is the start of several ids, or of none.
        """
        return Wanted(
            case=trail_case_id(at, self.case) if self.case else None,
            item=trail_item_id(at, self.item) if self.item else None,
            officer=self.officer,
            since=self.since,
            until=self.until,
            kinds=tuple(kinds or ()),
        )
