"""Figures as charts: bars of what is shown, with where each stands in the drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from acts.seat import Seat
from models.figures import Figures, Load, Turnaround
from models.law.rows import Label
from web.forms.fields import Body

ROW = 36
"""Units from one bar to the next; a drawing is 400 units wide."""

_LONGEST = 330


@dataclass(frozen=True)
class Bar:
    """One bar; `open` says that hidden figures come on top of it."""

    name: Label | Body
    value: int
    width: int
    top: int
    open: bool = False


@dataclass(frozen=True)
class Chart:
    """Bars under each other."""

    bars: Sequence[Bar]

    @property
    def height(self) -> int:
        """Return the height of the drawing in its units."""
        return ROW * len(self.bars)


@dataclass(frozen=True)
class StageRow:
    """Open cases of each agency in one stage, in the order of the agencies."""

    label: Label
    cells: Sequence[int | None]


@dataclass(frozen=True)
class FiguresPage:
    """Figures as their page shows them.

    Attributes:
        agencies: that lead cases, over the columns of `stages`.
        by_agency, by_stage: sums of what is shown; never of what is hidden.
        slow: partners by the working days of their middle answer.
        late: partners by their overdue questions.
    """

    figures: Figures
    agencies: Sequence[str]
    stages: Sequence[StageRow]
    by_agency: Chart
    by_stage: Chart
    slow: Chart
    late: Chart


def page_of(found: Figures, seat: Seat) -> FiguresPage:
    """Return figures as their page shows them."""
    agencies = list(dict.fromkeys(each.agency for each in found.load))
    labels = {(o.route, o.stage): _label(seat, o) for o in found.load}
    by_place = {(o.agency, o.route, o.stage): o.cases for o in found.load}
    stages = [
        StageRow(label, [by_place.get((agency, *place)) for agency in agencies])
        for place, label in labels.items()
    ]
    columns = zip(*(row.cells for row in stages), strict=True)
    return FiguresPage(
        figures=found,
        agencies=agencies,
        stages=stages,
        by_agency=_sums(zip(map(Body, agencies), columns, strict=True)),
        by_stage=_sums((row.label, row.cells) for row in stages),
        slow=_ranked(found.turnaround, "median"),
        late=_ranked(found.turnaround, "overdue"),
    )


def _label(seat: Seat, load: Load) -> Label:
    """Return the name of a stage, in the newest version of the route that has it."""
    versions = [each for each in seat.desk.packs.packs if each.id == load.route]
    return next(
        stage.label
        for pack in sorted(versions, key=lambda each: each.version, reverse=True)
        for stage in pack.stages
        if stage.code == load.stage
    )


def _sums(
    found: Iterable[tuple[Label | Body, Sequence[int | None]]],
) -> Chart:
    shown = [
        (name, sum(cell or 0 for cell in cells), None in cells) for name, cells in found
    ]
    return _chart([each for each in shown if each[1]])


def _ranked(lines: Iterable[Turnaround], figure: str) -> Chart:
    values = [(line.partner, getattr(line, figure)) for line in lines]
    told = [each for each in values if each[1] is not None]
    told.sort(key=lambda each: (-each[1], each[0]))
    return _chart([(Body(partner), value, False) for partner, value in told])


def _chart(told: Sequence[tuple[Label | Body, int, bool]]) -> Chart:
    largest = max((value for _, value, _ in told), default=0) or 1
    return Chart(
        [
            Bar(name, value, max(1, value * _LONGEST // largest), ROW * place, more)
            for place, (name, value, more) in enumerate(told)
        ]
    )
