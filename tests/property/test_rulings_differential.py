"""Policies and oracle on 100,000 random questions, broken ones among them.

By default 100,000 questions are put, in two processes: some 15 seconds of two cores
that do nothing else. ESTAFETTE_TEST_QUESTIONS puts more of them; the seeds are the
same, so what fails once fails again.
"""

import multiprocessing
import os
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import pytest

from models.agencies import AgencyKind, OfficerFunction
from models.handling import HandlingCode, Regime, Tlp
from models.items import ItemKind
from models.rulings import SharingAction, SharingFacts, Verdict
from policies.rulings import SharingPolicies
from tests.oracles.sharing import RESULTS, oracle

QUESTIONS = int(os.environ.get("ESTAFETTE_TEST_QUESTIONS", "100000"))
PROCESSES = 2
BROKEN = 0.1
WRONG = (None, 7, 1.5, "true", "", "unheard_of", [], ["x"], {"a": 1}, b"x", "\ud800")
TRUTHS = ("designated", "excluded", "judicial_hold", "in_audience", "lawful_route",
          "expired", "too_old", "recalled", "break_glass", "disclosable")  # fmt: skip
WORDS = ("agency_kind", "item_kind", "regime", "code", "audience_kind", "functions")
FOUND = ("allow", "deny", "ask", "broken")

policies = cache(SharingPolicies.load)


def random_facts(chance: random.Random) -> dict[str, object]:
    """Return facts with few agencies and purposes, so that they meet often."""
    one = chance.choice
    # Half of the questions come out of quiet cases: elsewhere nearly all is refused.
    trouble, grant = one([(0.03, 0.9), (0.5, 0.5)])
    troubles = ("excluded", "judicial_hold", "expired", "too_old", "recalled")
    truths = dict.fromkeys(troubles, trouble)
    truths |= dict.fromkeys(("designated", "in_audience", "lawful_route"), grant)
    truths |= dict.fromkeys(("break_glass", "disclosable"), 0.5)
    plain = chance.random() > trouble
    return {
        "action": one(list(SharingAction)),
        "officer": one(["officer-1", "officer-2"]),
        "agency": one(["town", "zone", "deipp"]),
        "agency_kind": "municipality" if plain else one(list(AgencyKind)),
        "functions": tuple(chance.sample(list(OfficerFunction), one([0, 1, 1, 2]))),
        "purpose": "inquiry" if plain else one(["inquiry", "other", ""]),
        "item": one(["item-1", "item-2"]),
        "item_kind": one([*sorted(RESULTS), *ItemKind]),
        "item_purpose": "inquiry" if plain else one(["inquiry", "other", ""]),
        "originator": one(["town", "zone", "deipp"]),
        "regime": "gdpr" if plain else one(list(Regime)),
        "code": one(list(HandlingCode)),
        "tlp": "none" if plain else one(list(Tlp)),
        "audience": one(["town", "zone", "deipp"]),
        "audience_kind": "municipality" if plain else one(list(AgencyKind)),
        **{name: chance.random() < odds for name, odds in truths.items()},
    }


def broken(facts: dict[str, object], chance: random.Random) -> SharingFacts:
    """Return facts of which one is missing or of a wrong type."""
    name = chance.choice([*TRUTHS, *WORDS])
    if chance.random() < 0.5:
        made = SharingFacts.model_construct(None, **facts)
        del made.__dict__[name]
        return made
    return SharingFacts.model_construct(
        None, **(facts | {name: chance.choice([w for w in WRONG if fits(name, w)])})
    )


def fits(name: str, wrong: object) -> bool:
    """Tell whether a value is really wrong for a field: no functions are none."""
    return not (name == "functions" and wrong in ([], "", {}))


def disagreements(seed: int, questions: int) -> tuple[Counter[str], list[str]]:
    """Put random questions to both, and return what came out and where they differ."""
    chance, seen, wrong = random.Random(seed), Counter[str](), []
    for _ in range(questions):
        facts = random_facts(chance)
        if chance.random() < BROKEN:
            seen["broken"] += 1
            ruling = policies().decide(broken(facts, chance))
            expected = (Verdict.DENY, ())
            agreed = ruling.verdict is Verdict.DENY and ruling.errors
        else:
            whole = SharingFacts.model_construct(None, **facts)
            ruling, expected = policies().decide(whole), oracle(whole)
            agreed = (ruling.verdict, ruling.policies) == expected and not ruling.errors
            seen[ruling.verdict] += 1
        if not agreed:
            wrong.append(f"{seed}: {ruling} / {expected}")
    return seen, wrong[:3]


@pytest.mark.timeout(900)  # on a busy machine it takes longer than other tests may
def test_policies_and_oracle_agree_on_a_hundred_thousand_questions() -> None:
    """Any question that lacks a fact, or holds one of a wrong type, is refused."""
    context = multiprocessing.get_context("spawn")
    share = QUESTIONS // PROCESSES
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        found = list(pool.map(disagreements, range(PROCESSES), [share] * PROCESSES))

    seen = sum((counted for counted, _ in found), Counter[str]())
    assert [each for _, wrong in found for each in wrong] == []
    assert seen.total() == share * PROCESSES >= 100_000
    assert min(seen[word] for word in FOUND) > share // 50, seen
