"""Whoever verifies the ledger or a bundle hears what an authority saw, and when."""

import base64
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from activities.timestamping import Timestamps
from models.ids import CaseId
from runtime.roles import Role
from storage.engine import transaction
from storage.log import timestamps
from tests.pieces.bundles import stranger
from tests.running.stamping import Stamper
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

AUDITOR = "audit/auditor"


@pytest.fixture(scope="module")
def stamper(tmp_path_factory: pytest.TempPathFactory) -> Stamper:
    return Stamper(tmp_path_factory.mktemp("tsa") / "office")


@pytest.fixture
def stamped(
    world: World, stamper: Stamper, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Timestamps]:
    """The log of the shared world, stamped once; tests leave no stamp behind."""
    monkeypatch.setenv("ESTAFETTE_TIMESTAMP_CERTIFICATE", str(stamper.root))
    ledger = world.engine(Role.LEDGER, pool=1)
    last = "select max(seq) from ledger_entry where kind = 'item.add' and case_id = %s"

    def counts() -> bool:
        with transaction(ledger) as connection:
            found = timestamps.to_stamp(connection, 1)
        return found is not None and found[0] > (world.one(last, case) or found[0])

    assert eventually(counts)
    made = Timestamps(ledger, stamper.stamp, stamper.roots, witnesses=1)
    assert made.once()
    yield made
    with world.superuser() as connection:
        connection.execute("delete from ledger_timestamp")


def test_the_whole_ledger_is_verified_with_its_timestamps(
    terminal: Terminal, world: World, stamped: Timestamps
) -> None:
    found = terminal.run("ledger", "verify", "--json").document

    assert (found["timestamps"], found["timestamps_unchecked"]) == (1, 0)
    assert 0 < found["timestamped_size"] <= found["size"]
    assert "the last, of" in terminal.run("ledger", "verify").out


def test_a_timestamp_that_was_moved_is_found(
    terminal: Terminal, world: World, stamped: Timestamps
) -> None:
    with world.superuser() as connection:
        connection.execute("update ledger_timestamp set size = size - 1")

    answer = terminal.run("ledger", "verify")

    assert answer.code == 8
    assert "timestamp" in answer.err


def test_without_an_authority_timestamps_are_said_to_be_unchecked(
    terminal: Terminal, stamped: Timestamps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ESTAFETTE_TIMESTAMP_CERTIFICATE")

    found = terminal.run("ledger", "verify", "--json").document

    assert (found["timestamps"], found["timestamps_unchecked"]) == (0, 1)


def test_a_bundle_carries_the_timestamp_and_is_verified_with_it(
    terminal: Terminal,
    stamper: Stamper,
    stamped: Timestamps,
    case: CaseId,
    tmp_path: Path,
) -> None:
    keys, out = tmp_path / "KEYS", tmp_path / "case.bundle"
    keys.write_text(terminal.run("ledger", "keys").out)
    terminal.do(AUDITOR, "ledger", "export", "--case", case, "--out", out)

    found = terminal.run("ledger", "verify", out, "--keys", keys, "--json").document
    header = orjson.loads(out.read_bytes().splitlines()[0])
    (earlier,) = [each for each in header["earlier"] if "timestamp" in each]

    (said,) = found["timestamps"]
    assert 0 < said["size"] <= found["size"]
    assert found["timestamps_unchecked"] == 0
    reply = base64.b64decode(earlier["timestamp"])
    assert stamper.accepts(reply, earlier["checkpoint"])
    theirs = stranger()
    assert theirs.verify(out, *theirs.read_keys(keys))[0] == found["entries"]


def test_who_believes_no_authority_hears_that_a_bundles_timestamp_is_unchecked(
    terminal: Terminal, stamped: Timestamps, case: CaseId, tmp_path: Path
) -> None:
    keys, out = tmp_path / "KEYS", tmp_path / "case.bundle"
    lines = terminal.run("ledger", "keys").out.splitlines(keepends=True)
    keys.write_text("".join(x for x in lines if not x.startswith("timestamp ")))
    terminal.do(AUDITOR, "ledger", "export", "--case", case, "--out", out)

    page = terminal.run("ledger", "verify", out, "--keys", keys)

    assert len(lines) == len(keys.read_text().splitlines()) + 1
    assert "1 not checked" in page.out
