"""How a case is shown: one page for people, one document for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.console import RenderableType

from acts.pages.overview import CaseOverview, StoryLine
from acts.pages.withdrawn import TakenBack
from commands.terminal.days import unit_of, words_of
from commands.terminal.done import WAITS
from commands.terminal.offices import Office
from commands.terminal.output import fields, short, table, word
from models.deadlines import DeadlineRecord, DeadlineState
from models.handoffs import HandoffRecord
from models.items import KnownItem
from models.packs import Pack
from models.people import Designated
from models.secrecy import Secrecy
from policies.remaining import Remaining, remaining

_TOLD = {
    Secrecy.INVISIBLE: "are told nothing",
    Secrecy.POINTER: "are told whom to ask",
    Secrecy.STUB: "are told that there is a case",
}


@dataclass(frozen=True)
class ShownCase:
    """A case with the law it is under and the day it is looked at."""

    found: CaseOverview
    pack: Pack
    today: date

    @property
    def document(self) -> dict[str, Any]:
        """Return the overview, each clock with the days it has left."""
        plain = self.found.model_dump(mode="json")
        for shown, deadline in zip(
            plain["deadlines"], self.found.deadlines, strict=True
        ):
            term = self.term(deadline)
            shown |= {
                "days_left": term.days,
                "unit": unit_of(term),
                "label": term.clock.label.en,
            }
        return {"today": self.today, **plain}

    def term(self, deadline: DeadlineRecord) -> Remaining:
        """Return how a clock of the case stands today."""
        return remaining(deadline, self.pack.clock(deadline.clock), self.today)


def documented(office: Office, found: CaseOverview) -> ShownCase:
    """Return an overview with what is needed to show it."""
    pack = office.packs.get(found.case.route, found.case.pack_version)
    return ShownCase(found, pack, office.today)


def page(shown: ShownCase) -> list[RenderableType]:
    """Return a case as its reader sees it."""
    found = shown.found
    return [
        _head(shown),
        _clocks(shown),
        _handoffs(found.handoffs),
        items_table(found.items),
        *taken_back_tables(found.taken_back),
        _hearings(found),
        _decisions(found),
        _appeals(found),
        designated_table(found.designated),
        story_table(found.story),
    ]


def _head(shown: ShownCase) -> RenderableType:
    case = shown.found.case
    return fields(
        ("case", str(case.id)),
        ("route", f"{case.route} of {case.pack_version}"),
        ("led by", case.agency),
        ("stage", shown.pack.stage(case.stage).label.en),
        ("activity", case.activity),
        ("permit", "needed" if case.permit_regime else "none needed"),
        ("opened", case.opened_on),
        ("closed", case.closed_on),
        ("outcome", case.outcome),
        ("outsiders", _TOLD[case.secrecy]),
        ("waits for", WAITS[shown.found.waits_for]),
        ("destruction", _destruction(shown.found)),
        ("today", shown.today),
    )


def _destruction(found: CaseOverview) -> str:
    due = found.destruction
    return f"from {word(due.due_on)} under {due.rule}" if due else ""


def _clocks(shown: ShownCase) -> RenderableType:
    rows = []
    for deadline in shown.found.deadlines:
        term = shown.term(deadline)
        running = deadline.state is DeadlineState.RUNNING
        left = words_of(term) if running else ""
        about = short(deadline.handoff) or "case"
        rows.append((term.clock.label.en, about, deadline.state, deadline.due_on, left))
    return table("clocks", "term|of|state|last day|left", rows)


def _handoffs(found: tuple[HandoffRecord, ...]) -> RenderableType:
    rows = (
        (short(h.id), f"{h.asker} -> {h.asked}", h.source, h.state, h.due_on, h.article)
        for h in found
    )
    return table("handoffs", "handoff|between|source|state|due|article", rows)


def items_table(found: Sequence[KnownItem]) -> RenderableType:
    """Return item headers as a table."""
    rows = (
        (
            short(i.item), i.kind, i.source, i.originator, short(i.handoff),
            i.handling.disclosable, i.handling.judicial_hold, i.state,
        )
        for i in found
    )  # fmt: skip
    columns = "item|kind|source|from|handoff|disclosable|hold|state"
    return table("items", columns, rows)


def taken_back_tables(found: Sequence[TakenBack]) -> list[RenderableType]:
    """Return what originators took back as a table, if there is any."""
    rows = [
        (
            short(i.item), i.kind, i.source, i.originator, short(i.handoff), i.ground,
            i.taken_back_on,
        )
        for i in found
    ]  # fmt: skip
    columns = "item|kind|source|from|handoff|because|on"
    return [table("taken back by their originators", columns, rows)] if rows else []


def _hearings(found: CaseOverview) -> RenderableType:
    rows = (
        (short(h.id), h.hearing_on, h.mode, h.presented_on, h.attendance, h.arguments)
        for h in found.hearings
    )
    columns = "hearing|on|invited by|presented|attendance|arguments"
    return table("hearings", columns, rows)


def _decisions(found: CaseOverview) -> RenderableType:
    rows = (
        (
            short(d.id),
            d.outcome,
            d.state,
            d.adopted_on,
            d.notified_on,
            d.filed_on,
            d.no_appeal_on,
        )
        for d in found.decisions
    )
    return table(
        "decisions", "decision|outcome|state|adopted|received|filed|no appeal", rows
    )


def _appeals(found: CaseOverview) -> RenderableType:
    rows = (
        (short(a.id), short(a.decision), a.lodged_on, a.extreme_urgency, a.result)
        for a in found.appeals
    )
    return table("appeals", "appeal|against|lodged|urgent|result", rows)


def designated_table(found: Sequence[Designated]) -> RenderableType:
    """Return who of the own agency works on a case."""
    rows = (
        (
            d.officer, " ".join(d.functions), d.service_number, short(d.handoff),
            d.from_day, d.until_day,
        )
        for d in found
    )  # fmt: skip
    columns = "officer|functions|number|handoff|from|until"
    return table("designated", columns, rows)


def _signed(line: StoryLine) -> str:
    """Return under which number an act was done, and in whose place."""
    absent = f" for {line.on_behalf_of}" if line.on_behalf_of else ""
    return f"{line.service_number}{absent}"


def story_table(story: Sequence[StoryLine]) -> RenderableType:
    """Return lines of a story as a table."""
    rows = (
        (
            s.at,
            s.kind,
            f"{s.agency} {s.function}",
            _signed(s),
            s.article,
            s.detail,
        )
        for s in story
    )
    return table("story", "when|what|by|number|article|detail", rows)
