"""The closed list is closed: whoever asks whom, under whatever number."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.agencies import AgencyKind
from models.errors import OutsidePack, PiecesMissing
from models.law.sources import FactScope
from policies.sources import CaseFacts, may_ask
from tests.pieces.packs import PACKS

BE = PACKS.get("be-119ter", date(2024, 2, 17))
CODES = {pack.id: ["src.none", *(s.code for s in pack.sources)] for pack in PACKS.packs}


@st.composite
def cases(draw: st.DrawFn) -> CaseFacts:
    """A case with any results and any facts established."""
    pack = draw(st.sampled_from(PACKS.packs))
    codes = [row.code for row in pack.sources]
    facts = [fact.code for fact in pack.facts if fact.scope is FactScope.CASE]
    established = st.dictionaries(st.sampled_from(facts), st.booleans())
    return CaseFacts(
        results=draw(st.frozensets(st.sampled_from(codes))),
        established=draw(established) if facts else {},
    )


kinds = st.sampled_from(AgencyKind)


@given(st.sampled_from(PACKS.packs), kinds, kinds, cases(), st.data())
def test_only_a_row_of_the_list_lets_a_question_through(
    pack, asker, asked, case, data
) -> None:
    code = data.draw(st.sampled_from(CODES[pack.id]))

    try:
        source = may_ask(pack, asker, asked, code, case)
    except OutsidePack as refused:
        assert refused.details["article"]
        assert refused.help
    except PiecesMissing as early:
        assert not case.results & set(early.details["gaps"])
    else:
        assert source in pack.sources
        assert (asker in source.asked_by, source.agency_kind) == (True, asked)
        assert source.in_force
        assert source.code == code


@given(kinds, kinds, cases(), st.sampled_from(CODES[BE.id]))
def test_one_more_result_never_closes_a_door(asker, asked, case, code) -> None:
    every = case.model_copy(update={"results": frozenset(s.code for s in BE.sources)})

    assert not (
        _open(asker, asked, case, code) and not _open(asker, asked, every, code)
    )


def _open(asker: AgencyKind, asked: AgencyKind, case: CaseFacts, code: str) -> bool:
    try:
        may_ask(BE, asker, asked, code, case)
    except (OutsidePack, PiecesMissing):
        return False
    return True


@pytest.mark.parametrize("asked", [AgencyKind.TAX, AgencyKind.SOCIAL])
def test_a_commune_that_asks_a_service_directly_is_shown_the_lawful_way(asked) -> None:
    """119ter §6: tax and social services answer through the DEIPP."""
    (door,) = [door for door in BE.closed_doors if door.agency_kind is asked]
    everything = CaseFacts(results=frozenset(row.code for row in BE.sources))

    for code in CODES[BE.id]:
        with pytest.raises(OutsidePack) as refused:
            may_ask(BE, AgencyKind.MUNICIPALITY, asked, code, everything)
        assert refused.value.details["article"] == door.article
        assert refused.value.help == door.alternative.en


@pytest.mark.parametrize("pack", PACKS.packs, ids=lambda pack: pack.id)
def test_nobody_asks_an_agency_that_no_row_names(pack) -> None:
    named = {(asker, row.agency_kind) for row in pack.sources for asker in row.asked_by}
    everything = CaseFacts(results=frozenset(row.code for row in pack.sources))

    for asker, asked in set(product(AgencyKind, AgencyKind)) - named:
        with pytest.raises(OutsidePack):
            may_ask(pack, asker, asked, CODES[pack.id][-1], everything)
