"""Laws of the gap list: each piece is missed when it lacks, and never when it is there.

Act by act for the federal route, whose every binding requirement can be checked.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.act_kinds import ActKind
from models.errors import PiecesMissing
from models.law.decisions import RequirementKind as R
from policies.citing import CitedFact
from policies.readiness import DecisionFacts, check_ready, gaps
from tests.pieces.packs import PACKS

BE = PACKS.get("be-119ter", date(2024, 2, 17))
PROPOSE, ADOPT = ActKind.DECISION_PROPOSE, ActKind.DECISION_ADOPT
NOTIFY = ActKind.DECISION_NOTIFY
ACTS = (PROPOSE, ADOPT, NOTIFY)
REFUSE = "out.refuse"
PARTS = frozenset(
    {R.LIMB_AND_OFFENCE, R.WEIGHING_PRESENT, R.LINK_TO_PERSON, R.MOTIVATION_PRESENT}
)
FLAGS = (
    *("register_answered", "advice_delivered", "heard", "invited_absent"),
    *("proposed", "advice_annexed", "lifting_conditions"),
)
GOOD = CitedFact(item="a" * 36, limb="l", known=True, sourced=True, disclosable=True)
FULL = DecisionFacts(
    register_answered=True,
    advice_delivered=True,
    heard=True,
    arguments=2,
    answered=frozenset({1, 2}),
    proposed=True,
    advice_annexed=True,
    parts=PARTS,
    cited=(GOOD,),
)

cited = st.builds(
    CitedFact,
    item=st.just("b" * 36),
    limb=st.just("l"),
    known=st.booleans(),
    sourced=st.booleans(),
    disclosable=st.booleans(),
    judicial_hold=st.booleans(),
    too_old=st.booleans(),
    unchecked=st.booleans(),
)
facts = st.builds(
    DecisionFacts,
    **{flag: st.booleans() for flag in FLAGS},
    arguments=st.none() | st.integers(0, 4),
    answered=st.frozensets(st.integers(1, 4)),
    parts=st.frozensets(st.sampled_from(R)),
    cited=st.lists(cited, max_size=3).map(tuple),
)


def checks(act: ActKind, known: DecisionFacts, outcome: str = REFUSE) -> set[R | str]:
    """What is missing, by what the engine looks at."""
    rows = {row.code: row.check for row in BE.requirements}
    found = gaps(BE, act, outcome, known)
    return {rows.get(gap.requirement, gap.missing) for gap in found}


def without(**changed: object) -> DecisionFacts:
    return FULL.model_copy(update=changed)


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_missing_when_everything_is_there(act) -> None:
    assert checks(act, FULL) == set()


@pytest.mark.parametrize(
    ("act", "lack", "missed"),
    [
        (PROPOSE, {"register_answered": False}, R.REGISTER_QUERIED),
        (PROPOSE, {"advice_delivered": False}, R.ADVICE_DELIVERED),
        (PROPOSE, {"heard": False}, R.HEARD_OR_INVITED),
        (PROPOSE, {"answered": frozenset({1})}, R.ARGUMENTS_ANSWERED),
        (PROPOSE, {"cited": ()}, R.FACTS_TIED_TO_SOURCES),
        (ADOPT, {"proposed": False}, R.PROPOSAL_BY_MAYOR),
        (NOTIFY, {"advice_annexed": False}, R.ADVICE_ANNEXED),
        *((PROPOSE, {"parts": PARTS - {part}}, part) for part in sorted(PARTS)),
    ],
)
def test_each_piece_that_lacks_is_missed_alone(act, lack, missed) -> None:
    known = without(**lack)
    elsewhere = set().union(*(checks(other, known) for other in ACTS if other != act))

    assert checks(act, known) == {missed}
    assert missed not in elsewhere
    with pytest.raises(PiecesMissing) as refused:
        check_ready(BE, act, REFUSE, known)
    assert len(refused.value.details["gaps"]) == 1


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"known": False}, "is not in this file"),
        ({"sourced": False}, "closed list"),
        ({"disclosable": False}, "ask its originator"),
        ({"judicial_hold": True}, "judicial hold"),
        ({"too_old": True}, "older than the law allows"),
        ({"unchecked": True}, "was not checked"),
    ],
)
def test_one_fact_that_may_not_be_cited_stops_the_proposal(fault, why) -> None:
    known = without(cited=(GOOD, GOOD.model_copy(update=fault)))

    (gap,) = gaps(BE, PROPOSE, REFUSE, known)

    assert why in gap.missing
    assert gap.article


def test_a_proven_invitation_and_absence_stand_for_the_hearing() -> None:
    absent = without(heard=False, invited_absent=True, arguments=0)

    assert checks(PROPOSE, absent) == set()


@given(facts, st.sampled_from(FLAGS), st.sampled_from(ACTS))
def test_one_more_piece_never_opens_a_gap(known, flag, act) -> None:
    more = known.model_copy(update={flag: True})

    assert checks(act, more) <= checks(act, known)


@given(facts, st.sampled_from(ACTS))
def test_an_act_is_refused_exactly_when_something_is_missing(known, act) -> None:
    missing = gaps(BE, act, REFUSE, known)

    if missing:
        with pytest.raises(PiecesMissing) as refused:
            check_ready(BE, act, REFUSE, known)
        assert len(refused.value.details["gaps"]) == len(missing)
    else:
        check_ready(BE, act, REFUSE, known)


@given(facts)
def test_every_argument_without_an_answer_is_named(known) -> None:
    named = [
        gap.missing
        for gap in gaps(BE, PROPOSE, REFUSE, known)
        if gap.missing.startswith("no answer to argument")
    ]
    still_open = set(range(1, (known.arguments or 0) + 1)) - known.answered

    assert bool(named) == bool(still_open)
    for number in still_open:
        assert str(number) in named[0]


@given(facts, st.sampled_from(ACTS))
def test_an_end_without_a_measure_needs_no_piece(known, act) -> None:
    lenient = [row.code for row in BE.outcomes if not row.negative]

    assert lenient
    assert not [code for code in lenient if gaps(BE, act, code, known)]


LIMITED = [row for row in BE.outcomes if row.negative and row.max_clock]


@pytest.mark.parametrize("row", LIMITED, ids=lambda row: row.code)
def test_a_measure_lasts_no_longer_than_the_law_allows(row) -> None:
    limit = BE.clock(row.max_clock).length
    assert limit is not None
    ready = without(lifting_conditions=True)

    def missing(months: int | None) -> int:
        known = ready.model_copy(update={"months": months})
        return len(gaps(BE, PROPOSE, row.code, known))

    assert [missing(limit), missing(limit + 1), missing(None)] == [0, 1, 1]


def test_there_is_a_measure_whose_length_is_limited() -> None:
    assert LIMITED
