"""Every route leads on: from each stage but the last, and in the last nowhere."""

import pytest

from acts.leading_on import leading, staying
from models.law.procedure import AgencyRole
from models.packs import Pack
from policies.loading import load_packs


def leaders(pack: Pack, stage: str) -> set[AgencyRole]:
    """Return whose acts lead on from a stage."""
    return {row.agency for row in leading(pack, stage)}


@pytest.mark.parametrize("pack", load_packs().packs, ids=lambda pack: pack.id)
def test_who_leads_a_case_can_lead_on_from_each_stage_but_the_last(pack: Pack) -> None:
    *stages, last = (row.code for row in pack.stages)

    stuck = [code for code in stages if AgencyRole.LEAD not in leaders(pack, code)]
    assert stuck == []
    assert leading(pack, last) == []


@pytest.mark.parametrize("pack", load_packs().packs, ids=lambda pack: pack.id)
def test_no_act_is_wanted_in_the_last_stage_that_it_does_not_have(pack: Pack) -> None:
    last = pack.stages[-1].code

    wanted = [row for row in staying(pack, last) if last not in row.stages]
    assert wanted == []
