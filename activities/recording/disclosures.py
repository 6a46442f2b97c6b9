"""The ruling on every item that an act lets another agency read."""

from __future__ import annotations

from activities.recording.step import Step
from models.errors import NotPermitted
from models.events import Operation
from models.ids import AgencyId
from models.items import KnownItem
from models.rulings import Ruling, SharingFacts, Verdict
from policies.sharing_facts import Giving, disclosure

_HELP = {
    Verdict.DENY: "change its handling, or leave it out",
    Verdict.ASK: "leave it out, and ask its originator to give it",
}


def rule_on_items(step: Step) -> list[Ruling]:
    """Rule on each item of the act for each agency that will be able to read it.

    Raises:
        NotPermitted: policy refuses one of them; nothing of the act then counts. Its
            details carry the `ruling`, for the record.
    """
    rulings = []
    for item in (*step.items.values(), *step.effects.letting_go):
        for agency in item.audience:
            if agency != step.agency.id:
                rulings.append(_rule(step, item, agency))
    if step.effects.inside:
        step.effects.recipients.clear()
    elif rulings and step.effects.operation is Operation.PROCEDURE:
        step.effects.operation = Operation.DISCLOSURE
    return rulings


def _rule(step: Step, item: KnownItem, to: AgencyId) -> Ruling:
    step.effects.recipients.add(to)
    ruling = step.services.sharing.decide(_facts(step, item, to))
    if not ruling.allowed:
        reasons = step.services.sharing.explain(ruling, "en")
        raise NotPermitted(
            f"this `{item.kind}` may not go to `{to}`: {'; '.join(reasons)}",
            help=_HELP[ruling.verdict],
            policies=list(ruling.policies),
            ruling=ruling,
        )
    return ruling


def _facts(step: Step, item: KnownItem, to: AgencyId) -> SharingFacts:
    giving = Giving(
        officer=step.officer,
        agency_kind=step.agency.kind,
        purpose=step.intent.purpose,
        day=step.day,
        designated=step.is_designated(step.effects.handoff),
        excluded=step.is_excluded,
        lawful_route=step.lawful,
    )
    old = step.view.too_old(item)
    return disclosure(giving, item, step.agency_of(to), too_old=old)
