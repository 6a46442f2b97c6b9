"""An auditor takes a part of the trail away, and anybody verifies it without us."""

from pathlib import Path

import pytest

from models.ids import CaseId, ItemId
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.looking import ordered_question
from tests.pieces.bundles import stranger
from tests.running.terminal import Terminal
from tests.running.world import World

AUDITOR = "audit/auditor"


@pytest.fixture(scope="module")
def question(world: World, cast: Cast, case: CaseId) -> ItemId:
    return ordered_question(world, cast, case)


@pytest.fixture
def keys(terminal: Terminal, tmp_path: Path) -> Path:
    path = tmp_path / "KEYS"
    path.write_text(terminal.run("ledger", "keys").out)
    return path


def test_two_verifiers_accept_what_was_exported(
    terminal: Terminal, tmp_path: Path, keys: Path, case: CaseId, question: ItemId
) -> None:
    out = tmp_path / "case.bundle"
    done = terminal.do(AUDITOR, "ledger", "export", "--case", case, "--out", out)

    found = terminal.run("ledger", "verify", out, "--keys", keys, "--json").document
    theirs = stranger()

    assert done["entries"] == found["entries"] > 5
    assert (found["sealed_by"], found["entries_withheld"]) == ("audit", 0)
    assert found["officers"] >= found["entries"] - 1
    assert found["rulings"] and found["pages"]
    count, saw, _ = theirs.verify(out, *theirs.read_keys(keys))
    assert count == found["entries"]
    over_all = [each["by"] for each in found["cosigned"] if each["covers_all"]]
    assert len(saw) == len(set().union(*over_all))
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_bundle_may_be_about_an_item_an_officer_or_some_days(
    terminal: Terminal,
    tmp_path: Path,
    keys: Path,
    cast: Cast,
    question: ItemId,
) -> None:
    wanted = [("--item", question), ("--officer", POLICE), ("--since", cast.today)]
    for number, words in enumerate(wanted):
        out = tmp_path / str(number)
        terminal.do(AUDITOR, "ledger", "export", *words, "--out", out)
        found = terminal.run("ledger", "verify", out, "--keys", keys, "--json")
        assert found.document["entries"] > 0
        assert stranger().verify(out, *stranger().read_keys(keys))


def test_a_redacted_bundle_names_nobody_and_still_verifies(
    terminal: Terminal, tmp_path: Path, keys: Path, case: CaseId, question: ItemId
) -> None:
    out = tmp_path / "redacted"
    without = ("--without", "names", "--without", "pz-midi")
    terminal.do(AUDITOR, "ledger", "export", "--case", case, *without, "--out", out)

    found = terminal.run("ledger", "verify", out, "--keys", keys, "--json").document

    assert found["withheld"] == ["names", "entries of pz-midi"]
    assert found["entries_withheld"] > 0
    assert found["officers"] == found["rulings"] == found["pages"] == 0
    text = out.read_text()
    assert HANDLER not in text
    assert '\\"agency\\":\\"pz-midi\\"' not in text


def test_a_bundle_that_was_changed_is_refused_in_one_line(
    terminal: Terminal, tmp_path: Path, keys: Path, case: CaseId, question: ItemId
) -> None:
    out = tmp_path / "bundle"
    terminal.do(AUDITOR, "ledger", "export", "--case", case, "--out", out)
    out.write_bytes(out.read_bytes().replace(b"item.released", b"read.refused"))

    answer = terminal.run("ledger", "verify", out, "--keys", keys)

    assert answer.code == 8
    assert "is not in the tree" in answer.err
    assert len(answer.err.splitlines()) == 1


def test_wrong_words_are_refused_and_write_nothing(
    terminal: Terminal, tmp_path: Path, keys: Path, case: CaseId, question: ItemId
) -> None:
    there = tmp_path / "there"
    there.write_text("mine")
    nowhere = "00000000-0000-4000-8000-000000000000"
    export = ("ledger", "export", "--case", case)

    assert terminal.ask(AUDITOR, *export, "--out", there).code == 2
    assert there.read_text() == "mine"
    out = tmp_path / "no" / "where"
    assert terminal.ask(AUDITOR, *export, "--out", out).code == 2
    out = tmp_path / "out"
    none = ("ledger", "export", "--case", nowhere, "--out", out)
    assert terminal.ask(AUDITOR, *none).code == 3
    nameless = ("--officer", POLICE, "--without", "names", "--out", out)
    assert terminal.ask(AUDITOR, *export, *nameless).code == 2
    assert terminal.run("ledger", "verify", there).code == 2
    assert terminal.run("ledger", "verify", there, "--keys", keys).code == 8
    assert terminal.run("ledger", "verify", keys, "--keys", there).code == 2
    assert terminal.run("ledger", "verify", out, "--keys", keys).code == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["KEYS", "there"]
