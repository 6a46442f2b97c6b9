"""How lists of cases are shown: a table for people, a document for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.console import RenderableType

from acts.pages.lists import CaseLine
from commands.terminal.days import unit_of, words_of
from commands.terminal.done import WAITS
from commands.terminal.output import short, table
from models.ids import CaseId
from policies.calendars import calendar
from policies.loading import Packs
from policies.remaining import Remaining, days_left, remaining_until


@dataclass(frozen=True)
class ShownList:
    """An officer's cases, their laws, the day of looking; names, if they were asked."""

    found: list[CaseLine]
    packs: Packs
    today: date
    names: Mapping[CaseId, str] | None = None

    @property
    def document(self) -> list[dict[str, Any]]:
        """Return one object per case, with the days to what is due first."""
        return [
            {
                **line.model_dump(mode="json"),
                **self._left(line),
                **({} if self.names is None else {"name": self.name(line)}),
            }
            for line in self.found
        ]

    def name(self, line: CaseLine) -> str | None:
        """Return whom a case is about, if that was asked and may be known."""
        return (self.names or {}).get(CaseId(line.case.id)) or None

    def _left(self, line: CaseLine) -> dict[str, object]:
        term = self.term(line)
        return {
            "days_left": None if term is None else term.days,
            "unit": None if term is None else unit_of(term),
        }

    def term(self, line: CaseLine) -> Remaining | None:
        """Return how the term stands that is due first in a case, if one runs."""
        if line.next_clock is None or line.next_due is None:
            return None
        pack = self.packs.get(line.case.route, line.case.pack_version)
        clock = pack.clock(line.next_clock)
        days = calendar(pack.calendar, pack.closures)
        return remaining_until(line.next_due, clock, days, self.today)


def list_page(shown: ShownList) -> RenderableType:
    """Return the list as a table: what runs next, be it a term or destruction."""
    named = shown.names is not None
    rows = (
        (
            short(line.case.id), *([shown.name(line)] if named else []),
            line.case.route, line.case.stage, line.case.activity,
            line.case.opened_on, *_runs_next(shown, line), WAITS[line.waits_for],
        )
        for line in shown.found
    )  # fmt: skip
    columns = "route?|stage|activity?|opened?|due first|on|left|waits for"
    first = "case|name" if named else "case"
    return table("cases", f"{first}|{columns}", rows)


def _runs_next(shown: ShownList, line: CaseLine) -> tuple[str, date | None, str]:
    if term := shown.term(line):
        return str(line.next_clock), line.next_due, words_of(term)
    if line.destruction is not None:
        due_on = line.destruction.due_on
        left = f"{days_left(due_on, shown.today)} calendar days"
        return f"destruction ({line.destruction.rule})", due_on, left
    return "no term runs", None, ""
