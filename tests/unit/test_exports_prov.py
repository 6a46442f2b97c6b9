"""The library of W3C PROV reads what is written, and finds who had which part."""

import pytest
from prov.model import (
    ProvActivity,
    ProvAgent,
    ProvAssociation,
    ProvDelegation,
    ProvDocument,
    ProvEntity,
    ProvInfluence,
    ProvUsage,
)

from acts.audit.exports.prov import prov
from acts.audit.exports.told import pseudonyms, real
from tests.pieces.extracts import ABSENT, AT, ENTRIES, HANDLER, ITEM, id_of, written


@pytest.fixture(params=["real", "pseudonyms"])
def alias(request):
    return real if request.param == "real" else pseudonyms()


@pytest.fixture
def provenance(alias):
    """The document as the library of W3C PROV holds it."""
    return ProvDocument.deserialize(content=written(prov, alias), format="json")


def found(document, kind) -> list[dict[str, str]]:
    records = document.get_records(kind)
    return [{n.localpart: str(v) for n, v in each.attributes} for each in records]


def test_the_library_of_prov_reads_all_of_it(provenance):
    assert len(list(provenance.get_records(ProvActivity))) == len(ENTRIES)
    assert len(list(provenance.get_records(ProvEntity))) == 3
    assert len(list(provenance.get_records(ProvAgent))) == 4 + 2
    assert len(list(provenance.get_records(ProvAssociation))) == len(ENTRIES)
    times = {each.get_startTime() for each in provenance.get_records(ProvActivity)}
    assert times == {AT}


def test_provenance_tells_who_had_which_part(provenance, alias):
    handler, absent = (
        f"officer:{alias('officer', name)}" for name in (HANDLER, ABSENT)
    )
    asked = f"entry:{alias('entry', str(id_of(2)))}"
    erased = f"entry:{alias('entry', str(id_of(7)))}"
    item = f"item:{alias('item', str(ITEM))}"

    assert {
        "activity": asked,
        "agent": handler,
        "role": "handler",
    } in found(provenance, ProvAssociation)
    delegations = found(provenance, ProvDelegation)
    for whom in ("agency:anderlecht", absent):
        assert {
            "delegate": handler,
            "responsible": whom,
            "activity": asked,
        } in delegations
    used = found(provenance, ProvUsage)
    assert {"activity": asked, "entity": item} in used
    assert erased not in {each["activity"] for each in used}
    influences = found(provenance, ProvInfluence)
    assert {
        "influencee": item,
        "influencer": erased,
        "role": "erasure",
    } in influences
    assert {
        "influencee": "agency:pz-midi",
        "influencer": asked,
        "role": "recipient",
    } in influences


def test_whatever_is_related_in_provenance_is_declared(provenance):
    declared = {
        str(each.identifier)
        for kind in (ProvActivity, ProvEntity, ProvAgent)
        for each in provenance.get_records(kind)
    }
    relations = (ProvAssociation, ProvDelegation, ProvUsage, ProvInfluence)
    ends = {
        value
        for kind in relations
        for each in found(provenance, kind)
        for name, value in each.items()
        if name != "role"
    }

    assert ends <= declared
