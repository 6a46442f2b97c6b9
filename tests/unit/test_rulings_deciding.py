"""Rulings fail closed, keep their reasons in order, and can be explained."""

import pytest

from models.errors import InvalidInput
from models.rulings import SharingFacts
from policies.rulings import ENGINE_ERROR, NO_POLICY, SharingPolicies
from policies.sharing_files import LANGUAGES, SHARING_ROOT, read_texts

POLICIES = SharingPolicies.load()
# Cedar checks the types of this, and fails only when it adds the two numbers.
FAILING = "when { 1 + 9223372036854775807 > 0 }"


def facts(**changes) -> SharingFacts:
    read = {
        "action": "read",
        "officer": "officer-1",
        "agency": "town",
        "agency_kind": "municipality",
        "functions": ("handler",),
        "designated": True,
        "excluded": False,
        "purpose": "integrity_inquiry",
        "item": "item-1",
        "item_kind": "answer",
        "item_purpose": "integrity_inquiry",
        "originator": "zone",
        "regime": "police",
        "code": "H0",
        "disclosable": False,
        "judicial_hold": False,
        "in_audience": True,
        "audience": "town",
        "audience_kind": "municipality",
        "lawful_route": False,
        "expired": False,
        "too_old": False,
    }
    return SharingFacts.model_validate(read | changes)


def policies_with(policy: str) -> SharingPolicies:
    return SharingPolicies({**POLICIES.sources, "planted.cedar": policy}, {})


def test_a_ruling_carries_all_that_is_needed_to_ask_again():
    ruling = POLICIES.decide(facts())

    assert ruling.allowed
    assert ruling.facts == facts()
    assert (ruling.digest, ruling.engine) == (POLICIES.digest, POLICIES.engine)
    assert ruling.engine.startswith("cedarpy ")
    assert POLICIES.decide(ruling.facts) == ruling


def test_a_failing_forbid_denies():
    """Cedar alone answers yes here: it skips a policy that fails."""
    planted = policies_with(
        f'@id("planted") forbid (principal, action, resource) {FAILING};'
    )

    ruling = planted.decide(facts())

    assert not ruling.allowed
    assert ruling.policies == ()
    assert len(ruling.errors) == 1
    assert "`planted`" in ruling.errors[0]


def test_a_failing_permit_denies_too():
    planted = policies_with(
        f'@id("planted") permit (principal, action, resource) {FAILING};'
    )

    assert not planted.decide(facts()).allowed


def test_a_forbid_that_fired_is_named_beside_an_error():
    planted = policies_with(
        f'@id("planted") forbid (principal, action, resource) {FAILING};'
    )

    ruling = planted.decide(facts(expired=True))

    assert not ruling.allowed
    assert ruling.policies == ("expired",)
    assert len(ruling.errors) == 1


def test_a_forbid_beats_every_permit():
    planted = policies_with('@id("planted") forbid (principal, action, resource);')

    ruling = planted.decide(facts(originator="town"))

    assert (ruling.allowed, ruling.policies) == (False, ("planted",))


@pytest.mark.parametrize(
    "field", ["agency_kind", "item_kind", "regime", "code", "audience_kind"]
)
def test_a_word_that_the_schema_does_not_know_denies(field):
    ruling = POLICIES.decide(facts(**{field: "unheard_of"}))

    assert not ruling.allowed
    assert ruling.errors


def test_a_function_that_the_schema_does_not_know_denies():
    ruling = POLICIES.decide(facts(functions=("handler", "king")))

    assert not ruling.allowed
    assert ruling.errors


@pytest.mark.parametrize("field", ["officer", "purpose", "audience"])
def test_text_that_is_no_text_denies(field):
    ruling = POLICIES.decide(facts(**{field: "\ud800"}))

    assert not ruling.allowed
    assert ruling.errors


def test_identifiers_need_no_escaping():
    strange = 'a"b\\c\n\x00'

    assert POLICIES.decide(facts(agency=strange, audience=strange)).allowed
    assert POLICIES.decide(facts(officer=strange, item=strange)).allowed


def test_a_refusal_is_explained_in_the_language_of_the_reader():
    ruling = POLICIES.decide(facts(expired=True, purpose="other"))

    texts = read_texts(SHARING_ROOT)
    for language in LANGUAGES:
        assert POLICIES.explain(ruling, language) == (
            texts["expired"][language],
            texts["purpose-lock"][language],
        )


def test_a_permission_is_explained_too():
    explained = POLICIES.explain(POLICIES.decide(facts()), "fr")

    assert "119quinquies" in explained[0]


def test_silence_of_all_policies_is_explained():
    ruling = POLICIES.decide(facts(designated=False))

    texts = read_texts(SHARING_ROOT)
    assert POLICIES.explain(ruling, "nl") == (texts[NO_POLICY]["nl"],)


def test_an_error_of_the_engine_is_explained():
    ruling = POLICIES.decide(facts(regime="unheard_of"))

    texts = read_texts(SHARING_ROOT)
    assert POLICIES.explain(ruling, "en") == (texts[ENGINE_ERROR]["en"],)


def test_a_policy_of_another_version_is_named_by_its_id():
    ruling = POLICIES.decide(facts()).model_copy(update={"policies": ("long-gone",)})

    assert POLICIES.explain(ruling, "en") == ("long-gone",)


def test_an_unknown_language_is_refused_with_those_that_exist():
    with pytest.raises(InvalidInput) as caught:
        POLICIES.explain(POLICIES.decide(facts()), "it")

    assert "`it`" in caught.value.message
    assert "`nl`" in caught.value.help


def test_every_policy_has_a_sentence_in_every_language():
    texts = read_texts(SHARING_ROOT)

    for identifier in POLICIES.ids:
        assert all(texts[identifier][language] for language in LANGUAGES)
