"""One checkpoint a day gets its timestamp; an authority that is down delays nothing."""

import asyncio
import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from activities.integrator import Integrator
from activities.timestamping import Timestamps
from ledger.signed_note import SignerKey
from models.errors import EntryAltered, Unavailable
from models.ids import CaseId
from runtime.roles import Role
from storage import timestamps, witnessing
from storage.engine import connect, transaction
from tests.pieces.bundles import stranger
from tests.running.offices import Offices, open_offices
from tests.running.stamping import Stamper
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

AUDITOR = "audit/auditor"
SIGNER = SignerKey.generate("ledger.example")
STAGE = text(
    "insert into ledger_staging (id, body, leaf, staged_at)"
    " select gen_random_uuid(), b, sha256('\\x00'::bytea || b), now()"
    " from (select convert_to(to_json(n)::text, 'UTF8')"
    " from generate_series(1, :n) n) s (b)"
)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Log:
    """A log that grows, and an authority that may be asked about it."""

    def __init__(self, offices: Offices, stamper: Stamper) -> None:
        self.offices = offices
        self.stamper = stamper
        self.ledger = connect(offices.urls[Role.LEDGER], pool=2)
        self.owner = connect(offices.urls[Role.OWNER], pool=1)
        self.integrator = Integrator(self.ledger, SIGNER)

    def grow(self, count: int) -> int:
        with transaction(self.offices.database) as connection:
            connection.execute(STAGE, {"n": count})
        return self.integrator.once()

    def stamps(self, ask=None, witnesses: int = 2) -> Timestamps:
        asked = ask or self.stamper.stamp
        return Timestamps(self.ledger, asked, self.stamper.roots, witnesses=witnesses)

    def cosign(self, size: int, *agencies: str) -> None:
        with transaction(self.offices.database) as connection:
            for agency in agencies:
                at = datetime.now(UTC)
                witnessing.keep_cosignature(connection, agency, size, "line", at)

    def kept(self) -> list[tuple[str, int]]:
        with transaction(self.ledger) as connection:
            found = timestamps.every(connection)
        return [(str(each.day), each.size) for each in found]

    def empty(self) -> None:
        tables = "ledger_timestamp, ledger_checkpoint, ledger_entry, ledger_tile_hash"
        with transaction(self.owner) as connection:
            connection.execute(text(f"truncate {tables}, cosignature"))


@pytest.fixture(scope="module")
def stamper(tmp_path_factory: pytest.TempPathFactory) -> Stamper:
    return Stamper(tmp_path_factory.mktemp("tsa") / "office")


@pytest.fixture(scope="module")
def office_log(
    stamper: Stamper, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Log]:
    with open_offices(tmp_path_factory.mktemp("offices")) as offices:
        made = Log(offices, stamper)
        yield made
        made.ledger.dispose()
        made.owner.dispose()


@pytest.fixture
def log(office_log: Log) -> Log:
    office_log.empty()
    return office_log


def test_a_day_has_one_timestamp_and_a_log_that_stands_still_none(log: Log) -> None:
    stamps = log.stamps()
    assert not stamps.once(NOON)  # there is nothing to stamp

    log.grow(3)
    assert stamps.once(NOON)
    log.grow(2)
    assert not stamps.once(NOON + timedelta(hours=10))
    assert stamps.once(NOON + DAY)
    assert not stamps.once(NOON + 2 * DAY)

    assert log.kept() == [("2026-03-02", 3), ("2026-03-03", 5)]


def test_the_day_is_that_of_brussels(log: Log) -> None:
    log.grow(1)
    stamps = log.stamps()
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # half past midnight there

    assert stamps.once(late)

    assert log.kept() == [("2026-03-03", 1)]


def test_where_there_are_witnesses_a_checkpoint_has_to_count(log: Log) -> None:
    log.grow(3)
    log.cosign(3, "town")
    log.grow(2)
    stamps = log.stamps()
    assert not stamps.once(NOON)

    log.cosign(3, "hub")
    assert stamps.once(NOON)

    assert log.kept() == [("2026-03-02", 3)]


def test_an_authority_that_is_down_delays_nothing(log: Log) -> None:
    def down(query: bytes) -> bytes:
        assert log.grow(4) == 4  # nothing of ours is locked while it is asked
        raise Unavailable("the timestamp authority does not answer")

    log.grow(2)
    with pytest.raises(Unavailable):
        log.stamps(down).once(NOON)
    assert log.kept() == []

    assert log.stamps().once(NOON)
    assert log.kept() == [("2026-03-02", 6)]


def test_what_is_no_stamp_of_it_is_not_kept(log: Log, tmp_path: Path) -> None:
    log.grow(2)
    other = Stamper(tmp_path / "other")
    old: list[bytes] = []
    assert log.stamps(
        lambda query: old.append(log.stamper.stamp(query)) or old[0]
    ).once(NOON)
    log.grow(1)
    for ask in (other.stamp, lambda query: old[0], lambda query: b"<html>"):
        with pytest.raises(EntryAltered):
            log.stamps(ask).once(NOON + DAY)

    assert log.kept() == [("2026-03-02", 2)]


def test_faults_are_seen_in_the_log_and_end_nothing(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("activities.timestamping._PAUSE", 0)
    log.grow(2)
    replies = iter([Unavailable("it does not answer"), b"<html>", None])

    def ask(query: bytes) -> bytes:
        reply = next(replies)
        if isinstance(reply, Unavailable):
            raise reply
        return reply if reply is not None else log.stamper.stamp(query)

    async def until_stamped() -> None:
        running = asyncio.create_task(log.stamps(ask).run())
        while not log.kept():
            assert not running.done()
            await asyncio.sleep(0.01)
        running.cancel()

    with capture_logs() as said:
        asyncio.run(until_stamped())

    assert [each["event"] for each in said] == [
        "timestamp_waits",
        "timestamp_refused",
        "checkpoint_timestamped",
    ]


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
    assert theirs.verify(out, *theirs.read_keys(keys)) == found["entries"]


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
