"""The law as tables and documents, and packs that do not hold."""

import json
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cli
from commands.pack import Part
from models.errors import NotFound
from models.packs import Pack
from policies.loading import PACKS, Packs, load_packs

packs = cache(load_packs)


@pytest.fixture
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded() -> Packs:
        return packs()

    monkeypatch.setattr("commands.pack.load_packs", loaded)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS, tmp_path / "packs"))


def document(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert cli.run(["pack", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("loaded_once")
def test_each_pack_is_listed_with_its_day_and_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listed = {each["pack"]: each for each in document(capsys, "list")}

    assert listed["be-119ter"]["version"] == "2024-02-17"
    assert listed["be-119ter"]["status"] == "in_force"


@pytest.mark.usefixtures("loaded_once")
@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("pack", ["be-119ter", "be-vlg"])
def test_each_part_is_shown_row_by_row(
    capsys: pytest.CaptureFixture[str], pack: str, part: Part
) -> None:
    rows = document(capsys, "show", pack, "--part", part)
    assert cli.run(["pack", "show", pack, "--part", part]) == 0
    page = capsys.readouterr().out

    for row in rows:
        assert next(row[name] for name in ("code", "act", "key") if name in row) in page


@pytest.mark.parametrize("pack", packs().packs, ids=lambda pack: pack.id)
@pytest.mark.parametrize("what", ["clock", "source", "stage", "outcome", "age_filter"])
def test_what_a_pack_does_not_have_leads_to_the_part_that_lists_it(
    pack: Pack, what: str
) -> None:
    with pytest.raises(NotFound, match="`nothing`") as caught:
        getattr(pack, what)("nothing")

    _, command, _ = caught.value.help.split("`")
    noun, *words = command.removeprefix("estafette ").split()
    assert cli.run([noun, *words]) == 0


@pytest.mark.usefixtures("loaded_once")
def test_the_whole_law_names_thirty_three_offences(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = document(capsys, "show", "be-119ter", "--on", "2026-03-02")

    assert len({row["code"] for row in shown["offences"]}) == len(shown["offences"])
    assert {"src.1", "src.8", "svc.4"} <= {row["code"] for row in shown["sources"]}


def test_packs_that_hold_are_named_with_their_digest(
    capsys: pytest.CaptureFixture[str], copied: Path
) -> None:
    found = document(capsys, "check", str(copied))

    assert found["valid"] and len(found["packs"]) == len(packs().packs)
    assert all(len(each["digest"]) == 64 for each in found["packs"])


def test_a_fault_in_a_pack_is_told_with_file_and_line(
    capsys: pytest.CaptureFixture[str], copied: Path
) -> None:
    file = copied / "be-119ter" / "2024-02-17" / "stages.yaml"
    file.write_text(file.read_text() + "  - code: UPPER CASE\n")

    assert cli.run(["pack", "check", str(copied), "--json"]) == 2

    error = json.loads(capsys.readouterr().err)
    assert error["error"] == "PackInvalid"
    assert "stages.yaml" in error["details"]["file"]
    assert int(error["details"]["line"]) > 1


def test_a_folder_that_is_not_there_is_no_riddle(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.run(["pack", "check", str(tmp_path / "absent")]) == 2

    assert "does not exist" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded_once")
@pytest.mark.parametrize(
    ("part", "said", "unsaid"),
    [
        (Part.CLOCKS, "not fixed", "no calendar days"),
        (Part.CLOCKS, "1 month ", "1 months"),
        (Part.ACTS, "of any agency", "the any agency"),
    ],
)
def test_lengths_and_agencies_are_told_in_plain_words(
    capsys: pytest.CaptureFixture[str], part: Part, said: str, unsaid: str
) -> None:
    pages = []
    for pack in ("be-119ter", "be-vlg"):
        assert cli.run(["pack", "show", pack, "--part", part]) == 0
        pages.append(" ".join(capsys.readouterr().out.split()) + " ")

    assert any(said in page for page in pages)
    assert not any(unsaid in page for page in pages)


def test_an_unknown_route_is_told_where_routes_are_listed() -> None:
    with pytest.raises(NotFound) as caught:
        packs().current("be-nothing", date(2026, 3, 2))

    assert "`estafette pack list`" in caught.value.help
