"""The procedure table, asked everything: who may do what, where, in which stage."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.act_kinds import ActKind
from models.agencies import OfficerFunction
from models.errors import NotFound, NotPermitted, TransitionNotAllowed
from models.law.procedure import AgencyRole
from policies.procedure import check_act
from tests.pieces.packs import PACKS

BOUND = (AgencyRole.LEAD, AgencyRole.HUB)


def allowed(pack, act, function, role, stage) -> bool:
    """The same answer, written once more from the rows of the pack."""
    row = next((row for row in pack.acts if row.act == act), None)
    if row is None or function not in row.by:
        return False
    if row.agency in BOUND and role is not row.agency:
        return False
    # Who works on a case may change as long as it is kept.
    last = None if row.agency is AgencyRole.ANY else -1
    return stage in (row.stages or [each.code for each in pack.stages[:last]])


@pytest.mark.parametrize("pack", PACKS.packs, ids=lambda pack: pack.id)
def test_the_answer_is_that_of_the_rows_whoever_asks_whatever(pack) -> None:
    stages = [stage.code for stage in pack.stages]
    roles = [*BOUND, None]

    for asked in product(ActKind, OfficerFunction, roles, stages):
        act, function, role, stage = asked
        try:
            row = check_act(pack, act, {function}, role, stage)
        except (NotPermitted, TransitionNotAllowed) as error:
            assert not allowed(pack, *asked), asked
            assert error.help, asked
        else:
            assert allowed(pack, *asked), asked
            assert row.act == act


@given(
    st.sampled_from(PACKS.packs),
    st.sampled_from(ActKind),
    st.frozensets(st.sampled_from(OfficerFunction)),
    st.sampled_from([*BOUND, None]),
    st.data(),
)
def test_an_officer_may_do_what_one_of_their_functions_may(
    pack, act, functions, role, data
) -> None:
    stage = data.draw(st.sampled_from([stage.code for stage in pack.stages]))
    alone = [allowed(pack, act, each, role, stage) for each in functions]

    try:
        check_act(pack, act, functions, role, stage)
    except (NotPermitted, TransitionNotAllowed):
        assert not any(alone)
    else:
        assert any(alone)


@pytest.mark.parametrize("pack", PACKS.packs, ids=lambda pack: pack.id)
def test_acts_and_ends_of_clocks_name_every_stage_and_no_other(pack) -> None:
    """Which of them move a case is another question: see test_packs_content."""
    stages = [stage.code for stage in pack.stages]
    begun_by_clocks = {clock.ends_in for clock in pack.clocks if clock.ends_in}
    reached = {row.to for row in pack.acts if row.to} | begun_by_clocks | {stages[0]}

    assert set(stages) == reached


def test_an_unknown_act_is_not_found_in_a_pack() -> None:
    for pack in PACKS.packs:
        unlisted = set(ActKind) - {row.act for row in pack.acts}
        for act in unlisted:
            with pytest.raises(NotFound):
                pack.act(act)
