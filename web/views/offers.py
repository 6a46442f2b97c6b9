"""What others do next on a case, and what cannot be done now, with what keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from acts.next_steps import Hindered, NextStep
from models.agencies import OfficerFunction
from models.law.rows import Label
from policies.procedure import stages_of
from web.forms.catalogue import OF_CASES
from web.forms.people import OF_PEOPLE
from web.views.cases import CasePage


@dataclass(frozen=True)
class NotNow:
    """An act that would be refused; `title` and `why` are English.

    `stages` are those in which it is possible, where the stage is what keeps it.
    """

    title: str
    article: str
    why: str = ""
    stages: Sequence[Label] = ()


@dataclass(frozen=True)
class ByOthers:
    """An act that is now for others of one's agency; `title` is English."""

    title: str
    functions: Sequence[OfficerFunction]


def by_others(steps: Sequence[NextStep]) -> Iterator[ByOthers]:
    """Yield the acts that come next and that functions one does not have may do."""
    for step in steps:
        if step.by and step.act in OF_CASES:
            yield ByOthers(OF_CASES[step.act].title, step.by)


def not_now(
    page: CasePage,
    functions: Collection[OfficerFunction],
    hindered: Sequence[Hindered],
) -> Iterator[NotNow]:
    """Yield the acts of these functions that the lead cannot do now, with why."""
    pack, stage = page.pack, page.found.case.stage
    why = {each.act: each.why for each in hindered}
    for row in pack.acts:
        form = OF_CASES.get(row.act)
        if form is None or row.act in OF_PEOPLE or not set(functions) & set(row.by):
            continue
        possible = stages_of(pack, row)
        if stage not in possible:
            labels = [pack.stage(code).label for code in possible]
            yield NotNow(form.title, row.article, stages=labels)
        elif row.act in why:
            yield NotNow(form.title, row.article, why[row.act])
