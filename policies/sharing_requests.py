"""Facts as the policy engine wants them: one request, and the two entities it names.

Only what the schema declares is sent. So a ruling of years ago can be taken again
under its own schema, which knew fewer attributes.
"""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from models.rulings import SharingFacts

Declared = Mapping[str, frozenset[str]]
"""The attributes that a schema declares: of `Officer`, `Item` and `Circumstances`."""

Attributes = dict[str, object]


def request_of(facts: SharingFacts, declared: Declared) -> dict[str, object]:
    """Return the question as Cedar wants it, its circumstances already as JSON."""
    circumstances = {
        "purpose": facts.purpose,
        "designated": facts.designated,
        "excluded": facts.excluded,
        "break_glass": facts.break_glass,
        "in_audience": facts.in_audience,
        "audience": _entity("Agency", facts.audience),
        "audience_kind": _entity("AgencyKind", facts.audience_kind),
        "lawful_route": facts.lawful_route,
    }
    known = _declared(circumstances, declared["Circumstances"])
    return {
        "principal": _entity("Officer", facts.officer),
        "action": _entity("Action", facts.action),
        "resource": _entity("Item", facts.item),
        "context": orjson.dumps(known).decode(),
    }


def entities_of(facts: SharingFacts, declared: Declared) -> str:
    """Return the officer and the item as Cedar JSON: all that a policy can reach."""
    officer: Attributes = {
        "agency": _entity("Agency", facts.agency),
        "agency_kind": _entity("AgencyKind", facts.agency_kind),
        "functions": [_entity("Function", each) for each in facts.functions],
    }
    item: Attributes = {
        "kind": _entity("ItemKind", facts.item_kind),
        "purpose": facts.item_purpose,
        "originator": _entity("Agency", facts.originator),
        "regime": _entity("Regime", facts.regime),
        "code": _entity("HandlingCode", facts.code),
        "tlp": _entity("Tlp", facts.tlp),
        "disclosable": facts.disclosable,
        "judicial_hold": facts.judicial_hold,
        "expired": facts.expired,
        "too_old": facts.too_old,
        "recalled": facts.recalled,
    }
    both = [
        _described("Officer", facts.officer, _declared(officer, declared["Officer"])),
        _described("Item", facts.item, _declared(item, declared["Item"])),
    ]
    return orjson.dumps(both).decode()


def _declared(attributes: Attributes, names: frozenset[str]) -> Attributes:
    return {name: value for name, value in attributes.items() if name in names}


def _described(kind: str, identifier: str, attributes: Attributes) -> Attributes:
    return {"uid": _entity(kind, identifier), "attrs": attributes, "parents": []}


def _entity(kind: str, identifier: str) -> dict[str, str]:
    """Return a reference to an entity, in the form that needs no escaping."""
    return {"type": kind, "id": identifier}
