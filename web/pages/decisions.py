"""The decision of a case: what it lacks, what it rests on, and its arguments."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from acts.pages.overview import CaseOverview
from acts.pages.readiness import gaps_of, uncitable_of
from acts.pages.whole_case import show_whole_case
from models.act_kinds import ActKind
from models.decisions import furthest
from models.ids import CaseId
from models.law.decisions import Outcome
from models.packs import Pack
from web.door import Door, Visit
from web.forms.catalogue import OF_CASES, offered
from web.permissions import Permission
from web.views.decisions import DecisionPage, facts_of

router = APIRouter()

Reading = Annotated[Visit, Depends(Door(Permission.CASES_READ))]
_ABOUT_IT = ("decision.", "hearing.", "register.file", "appeal.")


@router.get("/cases/{case}/decision", response_model=None)
def decision_page(visit: Reading, case: UUID, outcome: str = "") -> HTMLResponse:
    """Show how far a decision has come; `outcome` is the one to try, if none stands."""
    seat = visit.seat
    whole = show_whole_case(seat.desk, seat.reader(), CaseId(case))
    found, pack = whole.found, whole.view.pack
    chosen = _outcome(pack, found, outcome)
    decision = furthest(d for d in found.decisions if d.outcome == chosen.code)
    barred = uncitable_of(whole.view, found.items)
    page = DecisionPage(
        found=found,
        pack=pack,
        outcome=chosen,
        decision=decision,
        facts=facts_of(found, pack, decision, barred),
        gaps=gaps_of(whole.view, chosen.code),
    )
    steps = whole.onward.steps
    acts = [each.act for each in steps if not each.by and _about_it(each.act)]
    values = {"shown": page, "steps": offered(OF_CASES, acts)}
    return visit.page("decision.html", values)


def _outcome(pack: Pack, found: CaseOverview, wanted: str) -> Outcome:
    """Return the outcome that was asked for, or that of the decision, or the first."""
    decision = furthest(found.decisions)
    code = wanted or (decision.outcome if decision else "")
    if code:
        return pack.outcome(code)
    return next(iter(pack.measures(found.case.permit_regime)), pack.outcomes[0])


def _about_it(act: ActKind) -> bool:
    return act.startswith(_ABOUT_IT)
