"""The ruling on every item that an act lets another agency read."""

from __future__ import annotations

from activities.recording.step import Step
from models.errors import NotPermitted
from models.events import Operation
from models.ids import AgencyId
from models.rulings import Ruling, SharingAction, SharingFacts
from storage.items import KnownItem


def rule_on_items(step: Step) -> list[Ruling]:
    """Rule on each item of the act for each agency that will be able to read it.

    Raises:
        NotPermitted: policy refuses one of them; nothing of the act then counts.
    """
    rulings = []
    for item in step.items.values():
        for agency in item.audience:
            if agency != step.agency.id:
                rulings.append(_rule(step, item, agency))
    if rulings:
        step.effects.operation = Operation.DISCLOSURE
    return rulings


def _rule(step: Step, item: KnownItem, to: AgencyId) -> Ruling:
    step.effects.recipients.add(to)
    ruling = step.services.sharing.decide(_facts(step, item, to))
    if not ruling.allowed:
        reasons = step.services.sharing.explain(ruling, "en")
        raise NotPermitted(
            f"this `{item.kind}` may not go to `{to}`: {'; '.join(reasons)}",
            help="change its handling, or leave it out",
            policies=list(ruling.policies),
        )
    return ruling


def _facts(step: Step, item: KnownItem, to: AgencyId) -> SharingFacts:
    handling = item.handling
    return SharingFacts(
        action=SharingAction.DISCLOSE,
        officer=step.officer.id,
        agency=step.agency.id,
        agency_kind=step.agency.kind,
        functions=tuple(sorted(step.officer.functions)),
        designated=step.is_designated(step.effects.handoff),
        excluded=False,
        purpose=step.intent.purpose,
        item=str(item.item),
        item_kind=item.kind,
        item_purpose=handling.purpose,
        originator=item.originator,
        regime=handling.regime,
        code=handling.code,
        disclosable=handling.disclosable,
        judicial_hold=handling.judicial_hold,
        in_audience=True,
        audience=to,
        audience_kind=step.agency_of(to).kind,
        lawful_route=step.lawful,
        expired=handling.expires_on is not None and handling.expires_on < step.day,
        too_old=step.view.too_old(item),
    )
