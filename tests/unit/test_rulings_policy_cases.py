"""The tables in tests/policy_cases/sharing*.yaml, asked of the real policies."""

from pathlib import Path

import pytest
import yaml
from cedarpy import policies_to_pst

from models.rulings import SharingFacts, Verdict
from policies.rulings import SharingPolicies

FOLDER = Path(__file__).parents[1] / "policy_cases"
TABLE = yaml.safe_load((FOLDER / "sharing.yaml").read_text(encoding="utf-8"))
GIVING = yaml.safe_load((FOLDER / "sharing_giving.yaml").read_text(encoding="utf-8"))
EMERGENCY = yaml.safe_load(
    (FOLDER / "sharing_emergency.yaml").read_text(encoding="utf-8")
)
CASES = TABLE["cases"] + GIVING["cases"] + EMERGENCY["cases"]
ANSWERS = {Verdict.ALLOW: "allowed", Verdict.DENY: "refused", Verdict.ASK: "ask"}
ALONE = yaml.safe_load((FOLDER / "sharing_alone.yaml").read_text(encoding="utf-8"))
POLICIES = SharingPolicies.load()


def facts_of(given, *changes):
    merged = dict(TABLE["standing"][given])
    for change in changes:
        merged.update(change)
    return SharingFacts.model_validate(merged)


def ids_with(effect):
    files = [text for name, text in POLICIES.sources.items() if name.endswith(".cedar")]
    policies = [
        policy
        for text in files
        for policy in policies_to_pst(text).static_policies.values()
    ]
    return {each.annotations["id"] for each in policies if each.effect == effect}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_table_of_sharing_holds(case):
    ruling = POLICIES.decide(facts_of(case["given"], case.get("but", {})))

    assert ruling.errors == ()
    answer = ANSWERS[ruling.verdict]
    assert (answer, list(ruling.policies)) == (case["expect"], case["by"])


def test_every_policy_decides_at_least_one_case_of_the_table():
    decided = {each for case in CASES for each in case["by"]}

    assert decided == set(POLICIES.ids)


def test_case_names_are_used_once():
    names = [case["name"] for case in CASES]

    assert len(names) == len(set(names))


def test_every_forbid_and_every_permit_is_tried_alone():
    assert set(ALONE["forbids"]) == ids_with("forbid")
    assert set(ALONE["permits"]) == ids_with("permit")


@pytest.mark.parametrize("identifier", ALONE["forbids"])
def test_each_forbid_alone_turns_yes_into_no(identifier):
    case = ALONE["forbids"][identifier]

    before = POLICIES.decide(facts_of(case["given"]))
    after = POLICIES.decide(facts_of(case["given"], case["but"]))

    assert before.allowed
    assert (after.allowed, after.policies) == (False, (identifier,))


@pytest.mark.parametrize("identifier", ALONE["permits"])
def test_each_permit_alone_makes_the_difference(identifier):
    case = ALONE["permits"][identifier]
    first = case.get("first", {})

    before = POLICIES.decide(facts_of(case["given"], first))
    after = POLICIES.decide(facts_of(case["given"], first, case["but"]))

    assert (before.allowed, before.policies) == (True, (identifier,))
    assert (after.allowed, after.policies) == (False, ())


def silenced(identifier):
    """The policies in force, except that `identifier` never fires."""
    mark = f'@id("{identifier}")'
    sources = dict(POLICIES.sources)
    file = next(name for name, text in sources.items() if mark in text)
    before, after = sources[file].split(mark)
    sources[file] = before + mark + after.replace("when", "when { false } when", 1)
    return SharingPolicies(sources, {})


@pytest.mark.parametrize("identifier", ALONE["forbids"])
def test_without_its_forbid_the_door_is_open(identifier):
    """Otherwise the table would not notice that a policy is dead text."""
    case = ALONE["forbids"][identifier]
    facts = facts_of(case["given"], case["but"])

    assert not POLICIES.decide(facts).allowed
    assert silenced(identifier).decide(facts).allowed
