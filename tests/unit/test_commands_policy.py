"""The sharing rules from the command line, as a lawyer reads them; no database."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import cli
from models.rulings import SharingFacts
from policies.rulings import SharingPolicies
from policies.sharing_files import LANGUAGES, SHARING_ROOT

POLICIES = SharingPolicies.load()


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ESTAFETTE_DATA", str(tmp_path / "nothing"))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHARING_ROOT, tmp_path / "sharing"))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.run(["policy", *words])
    written = capsys.readouterr()
    return code, written.out, written.err


def explained(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    code, out, err = run(capsys, "explain", *words, "--json")
    assert code == 0, err
    return json.loads(out)


def by(found: Any) -> list[str]:
    return [each["policy"] for each in found["policies"]]


def test_every_rule_is_listed_with_its_file_article_mark_and_question(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, page, _ = run(capsys, "check")
    document = json.loads(run(capsys, "check", "--json")[1])

    assert (document["digest"], document["valid"]) == (POLICIES.digest, True)
    assert by(document) == list(POLICIES.ids)
    for rule in document["policies"]:
        assert rule["articles"] and rule["mark"] and rule["effect"]
        assert bool(rule["to_confirm"]) == (rule["mark"] != "F")
        assert (SHARING_ROOT / rule["file"]).is_file()
        assert rule["policy"] in page and rule["to_confirm"] in page


@pytest.mark.parametrize(
    ("file", "before", "after", "reason"),
    [
        ("conflict.cedar", "context.excluded", "context.exclded", "exclded"),
        ("conflict.cedar", "art. 119ter", "paragraph", "names its article"),
        ("conflict.cedar", '@mark("A")', "", "no `@mark`"),
        ("conflict.cedar", "To confirm", "To ask", "asks counsel nothing"),
        ("conflict.cedar", '@id("conflict', '@id("interest', "differ from the polic"),
        ("sharing.cedarschema", "excluded: Bool", "excluded: String", "conflict"),
        ("texts.yaml", '  nl: "Toegestaan."\n', "", "is not in all of"),
    ],
)
def test_a_rule_that_does_not_hold_is_named_with_its_file(
    capsys: pytest.CaptureFixture[str],
    copied: Path,
    file: str,
    before: str,
    after: str,
    reason: str,
) -> None:
    text = (copied / file).read_text(encoding="utf-8")
    assert before in text
    (copied / file).write_text(text.replace(before, after), encoding="utf-8")

    code, out, err = run(capsys, "check", str(copied), "--json")

    assert (code, out) == (10, "")
    assert reason in json.dumps(json.loads(err), ensure_ascii=False)


def test_the_plainest_read_is_allowed_because_of_a_designation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = explained(capsys)

    assert (found["verdict"], by(found)) == ("allow", ["designated-reads"])
    assert found["policies"][0]["file"] == "designation.cedar"
    assert "NLC art. 119ter §3" in found["policies"][0]["articles"]
    assert found["digest"] == POLICIES.digest


@pytest.mark.parametrize(
    ("words", "verdict", "policies"),
    [
        ("--no-designated", "deny", []),
        ("--no-in-audience", "deny", []),
        ("--no-designated --function mayor", "allow", ["mayor-reads"]),
        ("--excluded", "deny", ["conflict-of-interest"]),
        ("--regime intelligence", "deny", ["intelligence-stays"]),
        ("--expired --too-old", "deny", ["expired", "too-old"]),
        ("--purpose other", "deny", ["purpose-lock"]),
        ("--purpose other --item-purpose other", "allow", ["designated-reads"]),
        ("--no-designated --break-glass", "allow", ["break-glass-reads"]),
        ("--no-designated --break-glass --judicial-hold", "deny", []),
        ("--action disclose", "allow", ["route-discloses"]),
        ("--action disclose --no-lawful", "deny", []),
        ("--action disclose --code H2", "ask", ["originator-controls"]),
        ("--action disclose --code h3", "ask", ["restrictions-apply"]),
        ("--action disclose --code H2 --own", "allow", ["route-discloses"]),
        (
            "--action disclose --audience-kind auditor",
            "deny",
            ["no-content-for-overseers"],
        ),
        (
            "--kind advice --function college --no-designated",
            "allow",
            ["college-reads-results"],
        ),
        ("--agency-kind prosecutor --judicial-hold", "allow", ["designated-reads"]),
    ],
)
def test_one_option_changes_one_fact(
    capsys: pytest.CaptureFixture[str], words: str, verdict: str, policies: list[str]
) -> None:
    found = explained(capsys, *words.split())

    assert (found["verdict"], by(found)) == (verdict, policies)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_and_reasons_come_in_the_language_that_was_asked_for(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    words = ("--action", "disclose", "--code", "H2", "--lang", language)
    found = explained(capsys, *words)
    _, page, _ = run(capsys, "explain", *words)

    ruling = POLICIES.decide(SharingFacts.model_validate(found["facts"]))
    assert found["answer"] == POLICIES.answer(ruling, language)
    assert found["reasons"] == list(POLICIES.explain(ruling, language))
    assert found["answer"] in page and "originator.cedar" in page


@pytest.mark.parametrize(
    "words",
    [
        ("--who", "anderlecht/handler"),
        ("--audience", "deipp"),
        ("--date", "2026-03-02"),
        ("--item", "abcd", "--code", "H2"),
    ],
)
def test_facts_are_given_or_looked_up_never_both(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, "explain", *words, "--json")

    assert (code, out) == (2, "")
    assert json.loads(err)["help"]


def test_a_ruling_is_replayed_by_its_whole_id(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _, error = run(capsys, "replay", "abcd", "--json")
    assert code == 2 and "`abcd` is no whole id of a ruling" in error
