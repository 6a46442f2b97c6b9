"""A measure that was notified and filed, and what is done about its appeals."""

from datetime import date, timedelta
from uuid import UUID

from acts import advice, appeals, decisions, hearings
from acts.appeals import Judgment, LodgedAppeal, NoAppeal
from acts.decisions import Filing, Notification, Proposal
from acts.hearings import Minutes
from acts.performing import Done
from models.ids import AgencyId, CaseId, HandoffId, ItemId
from models.items import ItemKind
from models.motivation import (
    AnsweredArgument,
    GroundOfDecision,
    Motivation,
    Weighing,
)
from models.proceedings import AppealResult, Attendance, ServiceMode
from tests.deeds.cast import DEIPP, HANDLER, MAYOR, Cast

COLLEGE = "anderlecht/college"
STATEMENT = "Le greffe atteste qu'aucun recours n'est inscrit."


async def propose_measure(cast: Cast) -> CaseId:
    """Let the mayor propose to refuse a permit, on one fact and an advice."""
    case = await cast.open_case()
    await _be_advised_and_hear(cast, case, await cast.come_to_hearing(case))
    await propose_again(cast, case)
    return case


async def propose_again(cast: Cast, case: CaseId) -> Done:
    """Let the mayor propose on the newest fact of the file."""
    proposal = Proposal(outcome="out.refuse", motivation=_motivation(cast, case))
    return await decisions.propose(cast.desk, cast.officer(MAYOR), case, proposal)


async def adopt(cast: Cast, case: CaseId) -> Done:
    """Let the college adopt what is proposed."""
    (proposed,) = [d for d in cast.file(case).decisions if d.state == "proposed"]
    college = cast.officer(COLLEGE)
    return await decisions.adopt(cast.desk, college, case, proposed.id, "Refus.")


async def take_measure(cast: Cast) -> CaseId:
    """Refuse a permit, notify it and file it, within two days."""
    case = await propose_measure(cast)
    await adopt(cast, case)
    decision = decision_of(cast, case)
    notification = Notification(
        decision=decision,
        mode=ServiceMode.REGISTERED,
        received_on=cast.today,
        advice=_item(cast, case, ItemKind.ADVICE),
        proof="Accusé de réception signé.",
    )
    handler = cast.officer(HANDLER)
    await decisions.notify(cast.desk, handler, case, notification)
    filing = Filing(decision=decision, to=AgencyId("deipp"), text="Refus de permis.")
    await decisions.file_in_register(cast.desk, handler, case, filing)
    return case


def decision_of(cast: Cast, case: CaseId) -> UUID:
    """Return the decision of a case that has one."""
    (decision,) = cast.file(case).decisions
    return decision.id


def last_day(cast: Cast, case: CaseId) -> date:
    """Return the last day on which an appeal can be lodged."""
    (term,) = [d for d in cast.file(case).deadlines if d.clock == "annulment"]
    return term.due_on


async def lodge(
    cast: Cast, case: CaseId, lodged_on: date, *, urgent: bool = False
) -> Done:
    """Let the handler record an appeal."""
    lodged = LodgedAppeal(
        decision=decision_of(cast, case), lodged_on=lodged_on, extreme_urgency=urgent
    )
    handler = cast.officer(HANDLER)
    return await appeals.record(cast.desk, handler, case, lodged)


async def judge(cast: Cast, case: CaseId, result: AppealResult) -> Done:
    """Let the handler enter today's judgment on the one appeal that is pending."""
    (appeal,) = [a for a in cast.file(case).appeals if a.is_pending]
    judgment = Judgment(appeal=appeal.id, result=result, ruled_on=cast.today)
    handler = cast.officer(HANDLER)
    return await appeals.rule(cast.desk, handler, case, judgment)


async def confirm(cast: Cast, case: CaseId) -> Done:
    """Let the handler confirm that no appeal was lodged."""
    confirmed = NoAppeal(decision=decision_of(cast, case), proof=STATEMENT)
    handler = cast.officer(HANDLER)
    return await appeals.confirm_none(cast.desk, handler, case, confirmed)


async def _be_advised_and_hear(cast: Cast, case: CaseId, request: HandoffId) -> None:
    adviser = cast.officer(DEIPP)
    await cast.receive(request, who=DEIPP)
    await advice.admit(cast.desk, adviser, request)
    await advice.deliver(cast.desk, adviser, request, "Risque sérieux.")
    await cast.until(cast.today + timedelta(days=1))
    minutes = Minutes(
        hearing=cast.file(case).hearings[-1].id,
        attendance=Attendance.HEARD,
        text="Entendue.",
        arguments=("Tout est déclaré.",),
    )
    await hearings.record(cast.desk, cast.officer(HANDLER), case, minutes)


def _motivation(cast: Cast, case: CaseId) -> Motivation:
    ground = GroundOfDecision(
        item=_item(cast, case, ItemKind.FACT),
        offence="off.03",
        limb="1",
        person="pers.0",
        reasoning="Fait vérifiable.",
    )
    weighing = Weighing(
        gravity="Faits graves.",
        link_with_sector="Couverture.",
        advantages="Importants.",
        milder_measures="Insuffisantes.",
    )
    answer = AnsweredArgument(argument=1, answer="Ne convainc pas.")
    return Motivation(
        summary="Risque sérieux.",
        grounds=(ground,),
        weighing=weighing,
        answers=(answer,),
    )


def _item(cast: Cast, case: CaseId, kind: ItemKind) -> ItemId:
    live = (i for i in cast.file(case).items if i.state == "live" and i.kind is kind)
    return ItemId(next(live).item)
