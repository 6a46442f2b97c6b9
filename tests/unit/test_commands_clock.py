"""Terms explained: the dates computed by hand, and every day that is left out."""

import json
from functools import cache
from typing import Any

import pytest

import cli
from policies.loading import Packs, load_packs

packs = cache(load_packs)


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded() -> Packs:
        return packs()

    monkeypatch.setattr("commands.clock.load_packs", loaded)


def explain(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert cli.run(["clock", "explain", "--pack", "be-119ter", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("decided", "last", "extended"),
    [
        ("2026-03-02", "2026-05-13", "2026-06-26"),
        ("2026-06-30", "2026-09-09", "2026-10-21"),
        ("2026-12-18", "2027-03-02", "2027-04-14"),
        ("2026-04-03", "2026-06-18", "2026-07-31"),
    ],
)
def test_the_inquiry_ends_on_the_days_computed_by_hand(
    capsys: pytest.CaptureFixture[str], decided: str, last: str, extended: str
) -> None:
    words = ("--clock", "inquiry", "--from", decided)

    plain = explain(capsys, *words)
    longer = explain(capsys, *words, "--extended")

    assert (plain["deadline"], plain["counted"]) == (last, 50)
    assert (longer["deadline"], longer["counted"]) == (extended, 80)


@pytest.mark.parametrize(
    ("clock", "start", "last"),
    [
        ("advice", "2026-03-02", "2026-04-14"),
        ("standstill", "2026-03-02", "2026-03-17"),
    ],
)
def test_other_terms_end_on_the_days_computed_by_hand(
    capsys: pytest.CaptureFixture[str], clock: str, start: str, last: str
) -> None:
    assert explain(capsys, "--clock", clock, "--from", start)["deadline"] == last


def test_each_skipped_day_has_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    skipped = explain(capsys, "--clock", "inquiry", "--from", "2026-03-02")["skipped"]

    reasons = {each["day"]: each["reason"] for each in skipped}
    assert reasons["2026-03-07"] == "Saturday"
    assert reasons["2026-04-06"] == "Easter Monday"
    assert len(reasons) == len(skipped) == 22


def test_a_page_for_people_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--pack", "be-119ter", "--clock", "inquiry", "--from", "2026-03-02"]

    assert cli.run(["clock", "explain", *words]) == 0

    page = capsys.readouterr().out
    assert "Wed 13/05/2026" in page and "Mon 06/04/2026" in page
    assert "50 working days" in page and "119ter §4" in page


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ["--clock", "inquiry", "--from", "2026-02-30"],
            2,
            "`2026-02-30` is not a day",
        ),
        (["--clock", "inquiry", "--from", "2/3/2026"], 2, "`2/3/2026` is not a day"),
        (["--clock", "inquiry", "--from", "20260302"], 2, "`20260302` is not a day"),
        (["--clock", "nope", "--from", "2026-03-02"], 3, "`nope`"),
        (["--clock", "inquiry", "--from", "2001-01-01"], 3, "be-119ter"),
        (["--clock", "advice", "--from", "2026-03-02", "--extended"], 2, "extension"),
    ],
)
def test_what_cannot_be_counted_is_said(
    capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    assert cli.run(["clock", "explain", "--pack", "be-119ter", *words]) == code

    assert said in capsys.readouterr().err
