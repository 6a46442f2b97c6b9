"""Cases: lists, one case, its story, and what can be done and asked on it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from acts.decisions import Proposal, proposing
from acts.existence import ask_whether
from acts.looking_up import pack_of
from acts.next_steps import WhatNext, next_on_case
from acts.pages import lists
from acts.pages.askable import Askable, questions_of
from acts.pages.lists import CaseLine
from acts.pages.lookups import FoundCase, find_by_number
from acts.pages.overview import CaseOverview, StoryLine, show_case
from acts.pages.readiness import decision_gaps
from acts.pages.withdrawn import ItemsPage
from acts.people import CasePeople, who_works
from acts.seat import Seat
from models.agencies import AgencyKind
from models.cases import Existence
from models.ids import AgencyId, CaseId, ItemId
from models.law.rows import Label
from models.law.sources import ClosedDoor, SourceKind
from models.motivation import Motivation
from models.numbers import parse_number
from models.values import Value
from policies.readiness import Gap
from web.api.door import TokenDoor
from web.api.paging import Page, PageWindow, page
from web.api.resources.law import PackLine, pack_line
from web.permissions import Permission

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])

Reading = Annotated[Seat, Depends(TokenDoor(Permission.CASES_READ))]


class NumberSought(Value):
    """The number of an enterprise, an establishment or a person."""

    number: str


class Tried(Value):
    """An outcome of the route, and the reasons for it, if they are to be tried out."""

    outcome: str
    motivation: Motivation | None = None


class SourceRow(BaseModel):
    """A number of the closed list, who answers it, and what stands in its way today.

    `refusal` and `instead` are empty where it may be asked.
    """

    code: str
    label: Label
    article: str
    agency_kind: AgencyKind | None
    agencies: list[AgencyId]
    refusal: str = ""
    instead: str = ""


class Sources(BaseModel):
    """What may be asked, what may not today, and which doors the law closes."""

    open: list[SourceRow]
    closed: list[SourceRow]
    doors: list[ClosedDoor]


@router.get("")
def list_cases(
    seat: Reading,
    window: PageWindow,
    stage: Annotated[str | None, Query(description="Only those in this stage.")] = None,
    by_stage: bool = False,
) -> Page[CaseLine]:
    """List one's cases, by what is due first or by stage; a page is one read."""
    found = lists.list_cases(
        seat.desk, seat.reader(), window, stage=stage, by_stage=by_stage
    )
    return page(found, [line.case.id for line in found], window)


@router.post("/find")
def find_cases(
    seat: Reading, window: PageWindow, sought: NumberSought
) -> Page[FoundCase]:
    """Find the cases in which a number stands; sent in a body, so no log has it."""
    number = parse_number(sought.number)
    found = find_by_number(seat.desk, seat.reader(), number, window)
    return page(found, [each.case for each in found], window)


@router.get("/{case}")
def one_case(seat: Reading, case: UUID) -> CaseOverview:
    """Return a case as far as one may know of it: terms, questions, headers, story."""
    return show_case(seat.desk, seat.reader(), CaseId(case))


@router.get("/{case}/existence")
def existence_of_case(seat: Reading, case: UUID) -> Existence:
    """Return what one may be told of a case, by its whole id; that is logged."""
    return ask_whether(seat.desk, seat.reader(), CaseId(case))


@router.get("/{case}/items")
def items_of_case(seat: Reading, window: PageWindow, case: UUID) -> ItemsPage:
    """List the headers of the items of a case that one may read."""
    return lists.list_items(seat.desk, seat.reader(), CaseId(case), window)


@router.get("/{case}/story")
def story_of_case(seat: Reading, window: PageWindow, case: UUID) -> Page[StoryLine]:
    """List what happened in a case, oldest first."""
    found = lists.list_story(seat.desk, seat.reader(), CaseId(case), window)
    return page(found, [line.id for line in found], window)


@router.get("/{case}/law")
def law_of_case(seat: Reading, case: UUID) -> PackLine:
    """Return which law a case is under; whoever was asked in it may know."""
    return pack_line(pack_of(seat.desk, seat.officer, CaseId(case)))


@router.get("/{case}/people")
def people_of_case(seat: Reading, case: UUID) -> CasePeople:
    """Return who of one's agency is named for a case, and who is kept out of it."""
    return who_works(seat.desk, seat.officer, CaseId(case))


@router.post("/{case}/gaps")
def gaps_of_case(seat: Reading, case: UUID, tried: Tried) -> list[Gap]:
    """List what a decision still lacks; with a motivation, try it out."""
    proposed = None
    if tried.motivation is not None:
        proposal = Proposal(outcome=tried.outcome, motivation=tried.motivation)
        proposed = proposing(proposal, ItemId(uuid4()))
    where, officer = CaseId(case), seat.officer
    return decision_gaps(seat.desk, officer, where, tried.outcome, proposed)


@router.get("/{case}/next")
def next_steps(seat: Reading, case: UUID) -> WhatNext:
    """Return what can be done on a case now; of one that is not there, nothing."""
    return next_on_case(seat.desk, seat.officer, CaseId(case))


@router.get("/{case}/sources")
def sources_of_case(
    seat: Reading, case: UUID, kind: SourceKind = SourceKind.HANDOFF
) -> Sources:
    """Return whom a case lets one's agency ask today, and why nobody else."""
    found = questions_of(seat.desk, seat.officer, CaseId(case), kind)
    return Sources(
        open=[_source(each) for each in found.open],
        closed=[_source(each) for each in found.closed],
        doors=list(found.doors),
    )


def _source(row: Askable) -> SourceRow:
    return SourceRow(
        code=row.source.code,
        label=row.source.label,
        article=row.source.article,
        agency_kind=row.source.agency_kind,
        agencies=[each.id for each in row.agencies],
        refusal=row.refusal.message if row.refusal else "",
        instead=row.refusal.help if row.refusal else "",
    )
