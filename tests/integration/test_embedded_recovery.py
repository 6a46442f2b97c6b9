"""Embedded servers after a kill, and what stops a start: nothing is left running."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.errors import NotConfigured, Unavailable
from runtime.embedded.cluster import prepare_cluster
from runtime.embedded.endpoints import read_endpoints
from runtime.embedded.lock import identify
from runtime.embedded.stack import Stack, StackOptions
from runtime.paths import DataDirectory
from runtime.roles import Role
from tests.running.servers import do, one, open_place, stack_owner


@pytest.fixture
def place() -> Iterator[Path]:
    with open_place() as made:
        yield made


def test_after_everything_was_killed_the_next_start_recovers(
    place: Path,
) -> None:
    """The owner and both servers at once, then the owner alone."""
    with stack_owner(place) as (owner, pids):
        found = read_endpoints(place)
        assert found is not None
        do(found.databases[Role.OWNER], "create table kept as select 7 as x")
        for pid in (owner.pid, *pids):
            os.kill(pid, signal.SIGKILL)
        owner.wait()
    assert read_endpoints(place) is None

    with stack_owner(place) as (owner, _):
        owner.kill()
    with Stack(place) as mended:
        assert one(mended.endpoints().databases[Role.OWNER], "select x from kept") == 7


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_owner_that_is_asked_to_stop_leaves_nothing_running(
    place: Path, number: signal.Signals
) -> None:
    with stack_owner(place) as (owner, pids):
        children = [identify(pid) for pid in pids]
        assert all(child.alive for child in children)
        owner.send_signal(number)

        assert owner.wait() == 0
    assert not any(child.alive for child in children)
    assert not (place / "postgres" / "postmaster.pid").exists()


def test_production_is_refused_before_anything_is_touched(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESTAFETTE_ENV", "production")

    with pytest.raises(NotConfigured, match="production"):
        Stack(place).start()

    assert list(place.iterdir()) == []


def test_a_taken_temporal_port_stops_the_start_and_frees_the_directory(
    place: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        options = StackOptions(temporal_port=taken.getsockname()[1])
        for _ in range(2):  # were the lock still held, the second would be a Conflict
            with pytest.raises(NotConfigured, match="in use"):
                Stack(place, options).start()


def test_a_server_that_cannot_start_says_its_last_words_and_leaves_nothing(
    place: Path,
) -> None:
    options = StackOptions(postgres_settings={"shared_buffers": "no such size"})
    stack = Stack(place, options)

    with pytest.raises(Unavailable, match="`postgres`") as failed:
        stack.start()

    assert "shared_buffers" in failed.value.help
    assert stack.pids() == {}


def test_a_half_made_database_is_made_anew(place: Path) -> None:
    (place / "postgres.new").mkdir()
    (place / "postgres.new" / "half").touch()

    made = prepare_cluster(DataDirectory(place)).directory

    assert (made / "PG_VERSION").exists()
    assert not (made / "half").exists()
    assert not (place / "postgres.new").exists()


def test_a_database_of_another_version_is_refused(place: Path) -> None:
    made = prepare_cluster(DataDirectory(place)).directory
    (made / "PG_VERSION").write_text("17\n")

    with pytest.raises(NotConfigured, match="PostgreSQL 17"):
        Stack(place).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root owns things as root")
def test_a_database_that_belongs_to_root_is_refused(place: Path) -> None:
    """A copy made by root, say: PostgreSQL's own words would come too late."""
    (place / "postgres").mkdir()

    with pytest.raises(NotConfigured, match="belongs to root"):
        Stack(place).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root borrows another account")
def test_as_root_a_closed_way_is_refused_and_stays_closed(tmp_path: Path) -> None:
    """pytest's own directories are closed to others, like root's home."""
    (closed := tmp_path / "closed").mkdir(mode=0o700)

    with pytest.raises(NotConfigured, match="cannot enter"):
        Stack(closed / "data").start()

    assert closed.stat().st_mode & 0o777 == 0o700


def test_endpoints_are_not_to_be_had_before_the_start(place: Path) -> None:
    with pytest.raises(NotConfigured, match="not running"):
        Stack(place).endpoints()
