"""An auditor takes an extract away, under the walls and logged before it is written."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import r4pm
from prov.model import ProvActivity, ProvDocument

from acts.audit.exports import taking
from acts.audit.exports.taking import Format, extract
from models.agencies import OfficerFunction
from models.ids import CaseId, ItemId
from models.trail import Wanted
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.looking import asked_police, read
from tests.deeds.staff import hire
from tests.oracles.evidence import entries
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

AUDITOR = "audit/auditor"


@pytest.fixture(scope="module")
def question(world: World, cast: Cast, case: CaseId) -> ItemId:
    """A question that the police opened; all of it is ordered."""
    _, item = asked_police(world, cast, case)
    read(cast, POLICE, item)
    written = [each["id"] for each in entries(world)]
    ordered = "select count(*) from ledger_entry where entry_id = any(%s::uuid[])"
    assert eventually(lambda: world.one(ordered, written) == len(written))
    return item


Take = Callable[..., Path]


@pytest.fixture
def take(terminal: Terminal, tmp_path: Path, case: CaseId) -> Take:
    """Have an extract of the case written by the auditor; return the file."""

    def taken(form: str, *words: object, who: str = AUDITOR) -> Path:
        out = tmp_path / f"{form}-{len(list(tmp_path.iterdir()))}"
        command = ("audit", "export", "--format", form, "--case", case, "--out", out)
        done = terminal.do(who, *command, *words)
        assert done["entries"] > 0
        assert len(done["receipt"]) == 64
        return out

    return taken


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_foreign_programs_read_a_real_case(
    take: Take, terminal: Terminal, question: ItemId
) -> None:
    sheet = rows(take("csv"))
    log = r4pm.import_item("OCEL", str(_json(take("ocel"))))
    provenance = ProvDocument.deserialize(str(take("prov")), format="json")
    records = take("logboek").read_text().splitlines()

    counted = json.loads(
        r4pm.call_binding(
            "process_mining::bindings::num_events", json.dumps({"ocel": log})
        )
    )
    # Each extract is an entry of the case itself, so the next one may hold more.
    held = len(sheet)
    assert held > 5
    assert counted >= held
    assert len(list(provenance.get_records(ProvActivity))) >= held
    assert len(records) >= held
    r4pm.remove_item(log)


def _json(path: Path) -> Path:
    return path.rename(path.with_suffix(".json"))


@pytest.mark.parametrize("form", list(Format))
def test_without_names_an_extract_holds_no_id_of_the_case(
    take: Take, world: World, form: Format, case: CaseId, question: ItemId
) -> None:
    text = take(form).read_text()
    handoffs = world.rows("select id from handoff where case_id = %s", case)

    hidden = [case, question, HANDLER, POLICE, *(each for (each,) in handoffs)]
    for name in map(str, hidden):
        assert name not in text
        assert name.replace("-", "") not in text
    assert "pz-midi" in text
    assert "item.released" in text


def test_with_names_it_holds_what_the_trail_shows(
    take: Take, case: CaseId, question: ItemId
) -> None:
    sheet = rows(take("csv", "--names"))

    assert {each["case"] for each in sheet} == {str(case)}
    assert {HANDLER, POLICE} <= {each["officer"] for each in sheet}
    released = [each for each in sheet if each["kind"] == "item.released"]
    assert str(question) in {each["items"] for each in released}


def test_two_extracts_have_no_pseudonym_in_common(take: Take, question: ItemId) -> None:
    one, other = rows(take("csv")), rows(take("csv"))

    for column in ("entry", "case", "officer"):
        names = [{each[column] for each in found} - {""} for found in (one, other)]
        assert names[0]
        assert not names[0] & names[1]
    assert [each["kind"] for each in one] == [each["kind"] for each in other][
        : len(one)
    ]


def test_that_an_extract_was_taken_is_in_the_log_and_with_or_without_names(
    take: Take, world: World, case: CaseId, question: ItemId
) -> None:
    before = len(_taken(world, case))
    take("csv")
    take("ocel", "--names")

    assert _taken(world, case)[before:] == [
        "extract under pseudonyms",
        "extract with names",
    ]


def _taken(world: World, case: CaseId) -> list[str]:
    found = [e for e in entries(world) if e.get("case") == str(case)]
    found.sort(key=lambda each: each["recorded_at"])
    words = [each.get("detail", "") for each in found]
    return [each for each in words if each.startswith("extract")]


def test_nothing_is_read_for_the_file_before_the_log_has_the_entry(
    world: World,
    cast: Cast,
    case: CaseId,
    question: ItemId,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("no entry")

    monkeypatch.setattr(taking, "log_page", broken)
    with pytest.raises(RuntimeError):
        extract(cast.desk, cast.reader(AUDITOR), Wanted(case=case), Format.CSV)


def test_the_walls_of_the_trail_stand_around_extracts(
    take: Take, terminal: Terminal, world: World, cast: Cast, case: CaseId,
    question: ItemId, tmp_path: Path,
) -> None:  # fmt: skip
    own = hire(world, cast, "pz-midi/extractor", OfficerFunction.AUDITOR)
    out = tmp_path / "refused"
    words = ("audit", "export", "--format", "csv", "--out", out)

    assert {each["agency"] for each in rows(take("csv", who=own))} == {"pz-midi"}
    for who in (HANDLER, "anderlecht/supervisor", POLICE):
        assert terminal.ask(who, *words, "--case", case).code == 4
    nowhere = "00000000-0000-4000-8000-000000000000"
    assert terminal.ask(AUDITOR, *words, "--case", nowhere).code == 3
    assert terminal.ask(AUDITOR, *words, "--since", "2199-01-01").code == 3
    assert not out.exists()


def test_an_extract_replaces_no_file(
    terminal: Terminal, tmp_path: Path, case: CaseId, question: ItemId
) -> None:
    there = tmp_path / "there"
    there.write_text("mine")
    words = ("audit", "export", "--format", "csv", "--case", case, "--out", there)

    assert terminal.ask(AUDITOR, *words).code == 2

    assert there.read_text() == "mine"
    assert [each.name for each in tmp_path.iterdir()] == ["there"]
