"""One checkpoint a day gets its timestamp; an authority that is down delays nothing."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from activities.integrator import Integrator
from activities.timestamping import Timestamps
from ledger.checkpoint import parse
from ledger.signed_note import SignerKey
from ledger.timestamp import verify_timestamp
from models.errors import EntryAltered, Unavailable
from runtime.roles import Role
from storage.engine import connect, transaction
from storage.log import timestamps, witnessing
from tests.pieces.staged import staging
from tests.running.offices import Offices, open_offices
from tests.running.stamping import Stamper

SIGNER = SignerKey.generate("ledger.example")
STAGE = text(staging("cast(:word as text)", "1", ":n"))
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

    def grow(self, count: int, word: str = "entry") -> int:
        with transaction(self.offices.database) as connection:
            connection.execute(STAGE, {"n": count, "word": word})
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

    def rewrite(self, *entries: tuple[int, str]) -> None:
        """Play who owns the database and the ledger's key: sign another history."""
        with transaction(self.owner) as connection:
            connection.execute(
                text(
                    "truncate ledger_checkpoint, ledger_entry, ledger_tile_hash,"
                    " cosignature"
                )
            )
        for count, word in entries:
            self.grow(count, word)

    def empty(self) -> None:
        self.rewrite()
        with transaction(self.owner) as connection:
            connection.execute(text("truncate ledger_timestamp"))


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


def test_a_history_signed_anew_does_not_get_the_old_timestamp(log: Log) -> None:
    """Size and key are as before; what was stamped then was another checkpoint."""
    log.grow(3)
    log.stamps().once(NOON)

    log.rewrite((3, "other"))

    with transaction(log.ledger) as connection:
        (stamp,) = timestamps.every(connection)
    assert stamp.size == parse(stamp.note).size == 3
    with pytest.raises(EntryAltered, match="of another checkpoint"):
        verify_timestamp(stamp.reply, stamp.note, log.stamper.roots)


def test_a_timestamp_outlives_its_checkpoint_and_accuses(log: Log) -> None:
    log.grow(3)
    log.stamps().once(NOON)

    log.rewrite((1, "entry"))

    with transaction(log.ledger) as connection:
        (stamp,) = timestamps.every(connection)
    assert (stamp.size, stamp.note) == (3, "")
    with pytest.raises(EntryAltered):
        verify_timestamp(stamp.reply, stamp.note, log.stamper.roots)


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
