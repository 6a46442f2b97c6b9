"""Which retention class an item falls in at each of its holders."""

from datetime import date

import pytest

from models.agencies import AgencyKind
from models.items import ItemKind
from models.law.records import DataClass
from policies.scopes import data_class
from tests.pieces.packs import PACKS

BE = PACKS.get("be-119ter", date(2024, 2, 17))
# Nobody opens a case on any other route yet.
IN_FORCE = [pack for pack in PACKS.packs if pack.status == "in_force"]
COMMUNE, HUB = AgencyKind.MUNICIPALITY, AgencyKind.DEIPP
PARTNERS = sorted(set(AgencyKind) - {COMMUNE, HUB})
KEPT = {
    *(ItemKind.SUBJECT_CARD, ItemKind.PROPOSAL, ItemKind.DECISION),
    *(ItemKind.DECISION_REASONS, ItemKind.NO_APPEAL),
}


@pytest.mark.parametrize("kind", ItemKind)
def test_the_commune_keeps_identity_proposal_and_decision_only(kind) -> None:
    expected = DataClass.FILE if kind in KEPT else DataClass.UNDERLYING

    assert data_class(BE, kind, COMMUNE) is expected


@pytest.mark.parametrize("holder", PARTNERS)
def test_whatever_a_partner_holds_goes_with_the_underlying_data(holder) -> None:
    classes = {data_class(BE, kind, holder) for kind in ItemKind}

    assert classes == {DataClass.UNDERLYING}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ItemKind.ADVICE, DataClass.ADVICE_COPY),
        (ItemKind.REGISTER_FILING, DataClass.REGISTER),
        (ItemKind.ADVICE_REQUEST, DataClass.ADVICE_DOSSIER),
        (ItemKind.ANSWER, DataClass.ADVICE_DOSSIER),
    ],
)
def test_the_hub_keeps_advice_register_and_dossier_apart(kind, expected) -> None:
    assert data_class(BE, kind, HUB) is expected


@pytest.mark.parametrize("pack", IN_FORCE, ids=lambda pack: pack.id)
def test_nothing_any_holder_has_is_without_a_rule_that_ends_it(pack) -> None:
    ruled = {row.data_class for row in pack.retention}
    held = {
        data_class(pack, kind, holder) for kind in ItemKind for holder in AgencyKind
    }

    assert held <= ruled
