"""A second opinion on who may see what: plain Python, written from the same law.

The oracle shares nothing with the Cedar files: not the engine, not the words of the
schema, not the order. It names the policies too, so it must agree on the reasons.
"""

from models.agencies import AgencyKind, OfficerFunction
from models.handling import HandlingCode, Regime, Tlp
from models.items import ItemKind
from models.rulings import SharingAction, SharingFacts, Verdict

RESULTS = {
    ItemKind.PROPOSAL,
    ItemKind.DECISION,
    ItemKind.ADVICE,
    ItemKind.MINUTES,
    ItemKind.DECISION_REASONS,
}
OVERSEERS = {AgencyKind.AUDITOR, AgencyKind.COORDINATOR}
STAYING = {Tlp.RED, Tlp.AMBER, Tlp.AMBER_STRICT}


def permits(facts: SharingFacts) -> set[str]:
    """Return the rules that would allow it."""
    own = facts.agency == facts.originator
    in_town = facts.agency_kind == AgencyKind.MUNICIPALITY
    mayor = in_town and OfficerFunction.MAYOR in facts.functions
    college = in_town and OfficerFunction.COLLEGE in facts.functions
    if facts.action is SharingAction.DISCLOSE:
        named = facts.designated or mayor
        holds = own or facts.in_audience
        return {"route-discloses"} if facts.lawful_route and named and holds else set()
    found = set()
    if facts.designated and (own or facts.in_audience):
        found.add("designated-reads")
    if facts.in_audience and mayor:
        found.add("mayor-reads")
    if facts.in_audience and college and facts.item_kind in RESULTS:
        found.add("college-reads-results")
    card = own and facts.item_kind == ItemKind.SUBJECT_CARD
    if facts.in_audience and card and OfficerFunction.DPO in facts.functions:
        found.add("dpo-lists-persons")
    filed = not own and facts.item_kind == ItemKind.REGISTER_FILING
    if facts.in_audience and filed and OfficerFunction.REGISTRAR in facts.functions:
        found.add("registrar-reads-entries")
    urgent = facts.break_glass and facts.in_audience
    if urgent and facts.regime != Regime.INTELLIGENCE and not facts.judicial_hold:
        found.add("break-glass-reads")
    return found


def forbids(facts: SharingFacts) -> set[str]:
    """Return the rules that refuse it."""
    own = facts.agency == facts.originator
    reads = facts.action is SharingAction.READ
    foreign = not reads and not own
    prosecutor = facts.agency_kind == AgencyKind.PROSECUTOR
    not_mayor = OfficerFunction.MAYOR not in facts.functions
    alderman = OfficerFunction.COLLEGE in facts.functions and not_mayor
    superior = OfficerFunction.SUPERVISOR in facts.functions and not_mayor
    overseer = {
        facts.agency_kind,
        facts.audience_kind,
    } & OVERSEERS or OfficerFunction.AUDITOR in facts.functions
    fired = {
        "conflict-of-interest": facts.excluded,
        "expired": facts.expired,
        "too-old": facts.too_old,
        "taken-back": facts.recalled and not (reads and own),
        "purpose-lock": not facts.purpose or facts.purpose != facts.item_purpose,
        "intelligence-stays": facts.regime == Regime.INTELLIGENCE
        and not (reads and own),
        "judicial-hold": foreign and facts.judicial_hold and not prosecutor,
        "college-not-the-file": alderman and facts.item_kind not in RESULTS,
        "no-content-for-overseers": overseer,
        "red-by-name": reads and facts.tlp == Tlp.RED and not facts.designated,
        "no-content-for-supervisors": reads and superior and not facts.designated,
    }
    return kept_by_the_originator(facts) | {rule for rule in fired if fired[rule]}


def kept_by_the_originator(facts: SharingFacts) -> set[str]:
    """Return the rules that refuse until the originator agrees."""
    if facts.action is SharingAction.READ or facts.agency == facts.originator:
        return set()
    in_court = facts.audience_kind == AgencyKind.PROSECUTOR
    kept = {
        "not-in-court": in_court and facts.code == HandlingCode.H1,
        "originator-controls": facts.code == HandlingCode.H2,
        "restrictions-apply": facts.code == HandlingCode.H3,
        "colour-stays": facts.tlp in STAYING,
    }
    return {rule for rule in kept if kept[rule]}


def oracle(facts: SharingFacts) -> tuple[Verdict, tuple[str, ...]]:
    """Return the answer and the rules behind it, sorted."""
    refused, granted = forbids(facts), permits(facts)
    if not refused:
        verdict = Verdict.ALLOW if granted else Verdict.DENY
        return verdict, tuple(sorted(granted))
    only_the_originator = granted and refused <= kept_by_the_originator(facts)
    verdict = Verdict.ASK if only_the_originator else Verdict.DENY
    return verdict, tuple(sorted(refused))
