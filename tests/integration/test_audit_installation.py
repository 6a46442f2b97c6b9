"""Entries of no case: what all run on is for every auditor, the rest for its own."""

from pathlib import Path
from uuid import uuid4

import pytest

from models.agencies import OfficerFunction
from tests.deeds.cast import Cast
from tests.deeds.staff import hire
from tests.oracles.evidence import entries
from tests.pieces.bundles import stranger
from tests.pieces.packs import PACKS
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

AUDITOR = "audit/auditor"
OF_ALL = ("pack.used", "policy.used", "setting.changed", "deployment.started")
OF_ONE = ("agency.entered", "officer.entered", "certificate.used", "master_key.used")


def trail(terminal: Terminal, who: str, *kinds: str) -> list[dict[str, str]]:
    words = [word for kind in kinds for word in ("--kind", kind)]
    return terminal.do(who, "audit", "trail", *words, "--limit", 200)


@pytest.fixture(scope="module")
def theirs(world: World, cast: Cast) -> str:
    hired = hire(world, cast, "pz-midi/watcher", OfficerFunction.AUDITOR)
    waiting = "select count(*) from ledger_staging"
    assert eventually(lambda: not world.one(waiting))
    return hired


def test_each_auditor_sees_law_rules_settings_and_programs(
    terminal: Terminal, theirs: str
) -> None:
    for who in (AUDITOR, theirs):
        found = [e for e in trail(terminal, who, *OF_ALL) if e["agency"] == "estafette"]

        assert {each["kind"] for each in found} == set(OF_ALL)
        said = {each["detail"] for each in found}
        for pack in PACKS.packs:
            assert f"{pack.id} {pack.version} {pack.digest}" in said
        assert any(each.startswith("witnesses_needed ") for each in said)


def test_an_auditor_sees_directory_and_keys_of_the_own_agency_alone(
    terminal: Terminal, theirs: str
) -> None:
    found = trail(terminal, theirs, *OF_ONE)

    assert {each["kind"] for each in found} == set(OF_ONE)
    assert {each["agency"] for each in found} == {"pz-midi"}
    named = {each["named"] for each in found if each["kind"] == "officer.entered"}
    assert {theirs, "pz-midi/analyst"} <= named

    everything = trail(terminal, AUDITOR, *OF_ONE)
    assert {"pz-midi", "anderlecht", "audit"} <= {each["agency"] for each in everything}


def test_a_bundle_of_some_days_proves_them_too(
    terminal: Terminal, theirs: str, cast: Cast, tmp_path: Path
) -> None:
    out, keys = tmp_path / "days.bundle", tmp_path / "KEYS"
    keys.write_text(terminal.run("ledger", "keys").out)

    terminal.do(theirs, "ledger", "export", "--until", cast.today, "--out", out)

    assert stranger().verify(out, *stranger().read_keys(keys))
    written = out.read_text()
    assert all(kind in written for kind in (*OF_ALL, *OF_ONE))


@pytest.mark.parametrize("form", ["ocel", "prov", "logboek", "csv"])
def test_extracts_have_them(terminal: Terminal, tmp_path: Path, form: str) -> None:
    out = tmp_path / "extract"

    terminal.do(AUDITOR, "audit", "export", "--format", form, "--out", out)

    assert all(kind in out.read_text() for kind in (*OF_ALL, *OF_ONE))


def test_no_secret_is_in_what_is_said_of_settings_and_keys(
    world: World, theirs: str
) -> None:
    secrets = {
        (world.data.ledger_secret).read_text().strip(),
        (world.data.payload_key).read_text().strip(),
    }

    assert not [e for e in entries(world) if any(s in str(e) for s in secrets)]


@pytest.mark.parametrize("door", ["ledger verify", "ledger publish", "policy replay"])
def test_what_the_operator_reads_of_the_log_is_in_the_log(
    terminal: Terminal, world: World, tmp_path: Path, door: str
) -> None:
    """A ruling that is not there was looked for, too."""
    more: list[object] = {
        "ledger verify": [],
        "ledger publish": ["--to", tmp_path / "log"],
        "policy replay": [uuid4()],
    }[door]

    def read() -> int:
        return sum(e.get("detail") == door for e in entries(world))

    before = read()
    answer = terminal.run(*door.split(), *more, "--json")
    assert (answer.code == 0) == (door != "policy replay")
    assert read() == before + 1
