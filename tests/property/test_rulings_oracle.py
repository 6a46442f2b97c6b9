"""The policies against a second opinion, and what holds whatever the facts are."""

from hypothesis import event, given, settings
from hypothesis import strategies as st

from models.agencies import AgencyKind, OfficerFunction
from models.handling import HandlingCode, Regime, Tlp
from models.items import ItemKind
from models.rulings import SharingAction, SharingFacts
from policies.rulings import SharingPolicies
from tests.oracles.sharing import RESULTS, oracle

POLICIES = SharingPolicies.load()


def any_facts(
    *, granted: st.SearchStrategy[bool], troubled: st.SearchStrategy[bool]
) -> st.SearchStrategy[SharingFacts]:
    """Facts with few agencies and purposes, so that they meet often."""
    agencies = st.sampled_from(["town", "zone", "deipp"])
    purposes = st.sampled_from(["integrity_inquiry"] * 18 + ["other", ""])
    weighty = [OfficerFunction.MAYOR, OfficerFunction.COLLEGE]
    functions = st.lists(
        st.sampled_from(weighty * 3 + list(OfficerFunction)), max_size=2, unique=True
    )
    return st.builds(
        SharingFacts,
        action=st.sampled_from(SharingAction),
        officer=st.just("officer-1"),
        agency=agencies,
        agency_kind=st.sampled_from(["municipality"] * 18 + list(AgencyKind)),
        functions=functions.map(tuple),
        designated=granted,
        excluded=troubled,
        purpose=purposes,
        item=st.sampled_from(["item-1", "item-2"]),
        item_kind=st.sampled_from([*sorted(RESULTS), *ItemKind]),
        item_purpose=purposes,
        originator=agencies,
        regime=st.sampled_from(["gdpr"] * 8 + list(Regime)),
        code=st.sampled_from(["H0"] * 8 + list(HandlingCode)),
        tlp=st.sampled_from(["none"] * 8 + list(Tlp)),
        disclosable=st.booleans(),
        judicial_hold=troubled,
        in_audience=granted,
        audience=agencies,
        audience_kind=st.sampled_from(["municipality"] * 18 + list(AgencyKind)),
        lawful_route=granted,
        expired=troubled,
        too_old=troubled,
        recalled=troubled,
        break_glass=st.booleans(),
    )


EVEN = any_facts(granted=st.booleans(), troubled=st.booleans())
MILD = any_facts(
    granted=st.sampled_from([True] * 4 + [False]),
    troubled=st.sampled_from([False] * 19 + [True]),
)


@settings(max_examples=1000)
@given(facts=st.one_of(MILD, EVEN))
def test_policies_and_oracle_agree_on_answer_and_reasons(facts):
    ruling = POLICIES.decide(facts)

    event(ruling.verdict)
    assert ruling.errors == ()
    assert (ruling.verdict, ruling.policies) == oracle(facts)


@settings(max_examples=200)
@given(facts=st.one_of(MILD, EVEN))
def test_a_conflict_of_interest_beats_every_permit(facts):
    assert not POLICIES.decide(facts.model_copy(update={"excluded": True})).allowed


@settings(max_examples=200)
@given(facts=MILD, officer=st.text(), item=st.text())
def test_which_officer_and_which_item_it_is_changes_no_ruling(facts, officer, item):
    """The rules speak of facts; nobody and nothing has a rule of its own."""
    other = POLICIES.decide(facts.model_copy(update={"officer": officer, "item": item}))

    known = POLICIES.decide(facts)
    assert (other.allowed, other.policies) == (known.allowed, known.policies)


@settings(max_examples=200)
@given(facts=MILD)
def test_whether_an_item_may_be_cited_changes_no_ruling(facts):
    flipped = facts.model_copy(update={"disclosable": not facts.disclosable})

    assert POLICIES.decide(flipped).policies == POLICIES.decide(facts).policies


WORDS = ("agency_kind", "item_kind", "regime", "code", "tlp", "audience_kind")


@settings(max_examples=200)
@given(facts=MILD, field=st.sampled_from(WORDS), word=st.text(max_size=20))
def test_a_word_outside_the_models_is_never_allowed(facts, field, word):
    known = {*AgencyKind, *ItemKind, *Regime, *HandlingCode, *Tlp}
    ruling = POLICIES.decide(facts.model_copy(update={field: word}))

    assert word in known or not ruling.allowed
