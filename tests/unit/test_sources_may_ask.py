"""The table in tests/policy_cases/questions.yaml, asked of the real packs."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from models import errors
from models.agencies import AgencyKind
from policies.sources import CaseFacts, holds, may_ask
from tests.pieces.packs import PACKS

TODAY = date(2026, 7, 1)
TABLE = Path(__file__).parents[1] / "policy_cases" / "questions.yaml"
CASES = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["cases"]


def ask(case):
    facts = CaseFacts(
        results=frozenset(case.get("results", ())),
        established=case.get("facts", {}),
    )
    asker, asked = AgencyKind(case["asker"]), AgencyKind(case["asked"])
    pack = PACKS.current(case["route"], TODAY)
    named = case.get("source") or fitting(pack, asker, asked)
    return may_ask(pack, asker, asked, named, facts)


def fitting(pack, asker, asked):
    """Return the first number between these two, or any where there is none."""
    rows = [s for s in pack.sources if asker in s.asked_by and s.agency_kind is asked]
    return [*rows, *pack.sources][0].code


def refused(case):
    return case["expect"] in ("OutsidePack", "PiecesMissing")


@pytest.mark.parametrize(
    "case", [c for c in CASES if not refused(c)], ids=lambda case: case["name"]
)
def test_a_question_of_the_closed_list_is_allowed(case):
    assert ask(case).code == case["expect"]


@pytest.mark.parametrize(
    "case", [c for c in CASES if refused(c)], ids=lambda case: case["name"]
)
def test_any_other_question_is_refused_with_its_article(case):
    with pytest.raises(getattr(errors, case["expect"])) as caught:
        ask(case)

    error = caught.value
    assert case.get("says", "") in error.message
    assert case.get("help", "") in error.help
    assert error.help
    assert error.details["article"] == case.get("article", error.details["article"])


def test_every_source_of_the_federal_list_that_is_asked_is_in_the_table():
    pack = PACKS.current("be-119ter", TODAY)
    tried = {case["expect"] for case in CASES}
    others = {"svc.2", "svc.3", "svc.6", "svc.7", "svc.8", "svc.9", "svc.j"}
    asked = {s.code for s in pack.sources if s.agency_kind and s.in_force}

    assert asked - others <= tried


@pytest.mark.parametrize("kind", list(AgencyKind))
def test_a_commune_reaches_nobody_beyond_the_five_of_its_list(kind):
    pack = PACKS.current("be-119ter", TODAY)
    facts = CaseFacts(results=frozenset({"src.1", "src.3"}))
    for number in [source.code for source in pack.sources]:
        try:
            source = may_ask(pack, AgencyKind.MUNICIPALITY, kind, number, facts)
        except errors.OutsidePack as error:
            assert error.details["article"]
            assert error.help
        else:
            assert source.code in {"src.1", "src.2", "src.6", "src.7", "src.8"}


def test_an_unknown_fact_of_a_case_has_its_default():
    pack = PACKS.current("be-119ter", TODAY)

    assert holds(pack, "ciear_used", CaseFacts()) is False
    assert holds(pack, "ciear_used", CaseFacts(established={"ciear_used": True}))
