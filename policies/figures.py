"""Figures for coordinators, of which none tells of few cases.

INVARIANT: each figure is a function of its own cell alone, and a cell with too few
cases shows the same whatever it holds. Cells of a table do not overlap, and no sum is
given that a hidden cell is part of: so nothing is left to subtract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median_low

from pydantic import Field

from models.figures import CountedCase, CountedQuestion, Load, Turnaround
from models.handoffs import HandoffState
from models.ids import AgencyId
from models.law.rows import LawRow
from policies.calendars import Calendar
from policies.rule_files import load_rule

_FILE = Path(__file__).with_name("figures.yaml")

Place = tuple[AgencyId, str, str]
"""An agency, a route and one of its stages."""


class FigureRule(LawRow):
    """From how many cases on a figure is shown, and how long back is counted."""

    least_cases: int = Field(ge=2)
    least_cases_for_slowest: int = Field(ge=2)
    months: int = Field(ge=1)

    def since(self, today: date) -> date:
        """Return the first day that is looked at."""
        return today - timedelta(days=self.months * 365 // 12)


def load_figure_rule(file: Path = _FILE) -> FigureRule:
    """Read the rule.

    Raises:
        NotConfigured: the file is missing, or is not what it should be.
    """
    return load_rule(FigureRule, file)


def load_of(
    cases: Iterable[CountedCase], places: Sequence[Place], rule: FigureRule
) -> list[Load]:
    """Return how many cases are open in each place, with or without any."""
    found: dict[Place, int] = defaultdict(int)
    for each in cases:
        found[each.agency, each.route, each.stage] += 1
    return [
        Load(
            agency=agency,
            route=route,
            stage=stage,
            cases=_shown(found[agency, route, stage], rule),
        )
        for agency, route, stage in places
    ]


def turnaround_of(
    questions: Iterable[CountedQuestion],
    partners: Sequence[AgencyId],
    rule: FigureRule,
    days: tuple[date, Calendar],
) -> list[Turnaround]:
    """Return how each partner fares, with or without any question.

    `days` are today and the calendar in which days to an answer are counted.
    """
    today, calendar = days
    cells: dict[tuple[AgencyId, str], list[CountedQuestion]] = defaultdict(list)
    for each in questions:
        cells[each.asked, _cell(each, today)].append(each)

    def line(partner: AgencyId) -> Turnaround:
        answered = cells[partner, "answered"]
        middle, slowest = _pace(answered, rule, calendar)
        return Turnaround(
            partner=partner,
            in_time=_told(cells[partner, "in_time"], rule),
            overdue=_told(cells[partner, "overdue"], rule),
            answered=_told(answered, rule),
            unanswered=_told(cells[partner, "unanswered"], rule),
            median=middle,
            slowest=slowest,
        )

    return [line(each) for each in partners]


def _pace(
    answered: Sequence[CountedQuestion], rule: FigureRule, calendar: Calendar
) -> tuple[int | None, int | None]:
    """Return the working days of the middle answer, and of the slowest tenth."""
    behind = _cases(answered)
    if behind < rule.least_cases:
        return None, None
    taken = sorted(working_days(each, calendar) for each in answered)
    slowest = taken[-(-len(taken) * 9 // 10) - 1]
    tell = behind >= rule.least_cases_for_slowest
    return median_low(taken), slowest if tell else None


def _told(questions: Sequence[CountedQuestion], rule: FigureRule) -> int | None:
    return len(questions) if _cases(questions) >= rule.least_cases else None


def working_days(question: CountedQuestion, calendar: Calendar) -> int:
    """Return the working days after a question was put, up to its end."""
    ended = question.closed_on or question.offered_on
    return calendar.working_days(question.offered_on, ended)


def _cell(question: CountedQuestion, today: date) -> str:
    if question.state is HandoffState.ANSWERED:
        return "answered"
    if question.closed_on is not None:
        return "unanswered"
    late = question.due_on is not None and question.due_on < today
    return "overdue" if late else "in_time"


def _cases(questions: Iterable[CountedQuestion]) -> int:
    return len({each.number for each in questions})


def _shown(cases: int, rule: FigureRule) -> int | None:
    return cases if cases >= rule.least_cases else None
