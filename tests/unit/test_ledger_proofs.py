"""Proofs, good and bad, that other implementations of RFC 6962 are tested with."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from ledger.proofs import verify_consistency, verify_inclusion
from models.errors import EntryAltered

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "ledger_proofs.json").read_text()
)


def named(cases):
    return [pytest.param(case, id=case["name"]) for case in cases]


def raw(text):
    return b64decode(text or "")


def holds(check, *given, **named_values):
    try:
        check(*given, **named_values)
    except EntryAltered:
        return False
    return True


@pytest.mark.parametrize("case", named(VECTORS["inclusion"]))
def test_an_inclusion_proof_is_judged_as_others_judge_it(case):
    assert case["holds"] == holds(
        verify_inclusion,
        raw(case["leaf"]),
        case["index"],
        size=case["size"],
        root=raw(case["root"]),
        proof=[raw(each) for each in case["proof"]],
    )


@pytest.mark.parametrize("case", named(VECTORS["consistency"]))
def test_a_consistency_proof_is_judged_as_others_judge_it(case):
    assert case["holds"] == holds(
        verify_consistency,
        case["old"],
        case["new"],
        old_root=raw(case["old_root"]),
        new_root=raw(case["new_root"]),
        proof=[raw(each) for each in case["proof"]],
    )


def test_good_and_bad_proofs_are_both_among_them():
    for cases in (VECTORS["inclusion"], VECTORS["consistency"]):
        assert {case["holds"] for case in cases} == {True, False}
