"""The embedded servers, alive: roles and walls, faults, order of the end."""

import os
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from models.errors import Conflict
from runtime.embedded.endpoints import read_endpoints
from runtime.embedded.stack import Stack
from runtime.paths import DataDirectory
from runtime.roles import DATABASE, Role
from runtime.settings import Settings
from tests.running.servers import do, one, open_place


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with open_place() as made:
        yield made


@pytest.fixture(scope="module")
def stack(place: Path) -> Iterator[Stack]:
    with Stack(place) as running:
        yield running


def owner_url(stack: Stack) -> str:
    return stack.endpoints().databases[Role.OWNER]


def test_each_role_connects_as_itself_and_is_nobody_special(stack: Stack) -> None:
    special = (
        "select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls"
        " or rolreplication from pg_roles where rolname = current_user"
    )
    for role, url in stack.endpoints().databases.items():
        assert one(url, "select current_user") == role.user
        assert one(url, special) is False


@pytest.mark.parametrize("role", [Role.ACTS, Role.RECORD, Role.LEDGER, Role.LINK])
def test_working_roles_can_create_nothing(stack: Stack, role: Role) -> None:
    url = stack.endpoints().databases[role]

    for statement in ("create table x ()", "create schema x", "create temp table x ()"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            do(url, statement)


def test_nobody_comes_in_without_a_password(stack: Stack) -> None:
    run = str(DataDirectory(stack.endpoints().data_directory).run)

    for user in ("postgres", Role.ACTS.user):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host=run, user=user, dbname=DATABASE)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host=run, user=user, dbname=DATABASE, password="guess")


def test_text_sorts_alike_everywhere_and_pages_are_checked(stack: Stack) -> None:
    url = owner_url(stack)

    query = "select datlocprovider::text || datlocale from pg_database"
    assert one(url, f"{query} where datname = current_database()") == "bC.UTF-8"
    assert one(url, "show data_checksums") == "on"
    assert one(url, "show fsync") == "on"
    assert one(url, "show server_encoding") == "UTF8"


@pytest.mark.skipif(not os.path.exists("/proc/net/tcp"), reason="reads /proc")
def test_every_listener_is_on_loopback_and_the_database_has_none(stack: Stack) -> None:
    pids = stack.pids()

    listeners = {name: listening(pid) for name, pid in pids.items()}

    assert listeners["postgres"] == set()
    assert listeners["temporal"] == {"0100007F"}  # 127.0.0.1 in the kernel's order


def _open_files(pid: int) -> list[str]:
    """What a process has open; files it closes meanwhile are left out."""
    found = []
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(os.readlink(entry))
        except FileNotFoundError:
            continue
    return found


def listening(pid: int) -> set[str]:
    """Addresses on which a process listens, by the inodes of its sockets."""
    links = _open_files(pid)
    inodes = {link[8:-1] for link in links if link.startswith("socket:[")}
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                found.add(fields[1].partition(":")[0])
    return found


def test_what_is_secret_is_closed_to_other_accounts(stack: Stack) -> None:
    data = DataDirectory(stack.endpoints().data_directory)

    for file in (data.credentials, data.endpoints, data.temporal, *data.logs.iterdir()):
        assert file.stat().st_mode & 0o077 == 0, file
    for folder in (data.run, data.postgres, data.logs):
        assert folder.stat().st_mode & 0o777 == 0o700, folder
    assert data.root.stat().st_mode & 0o066 == 0


def test_the_log_never_shows_a_value(stack: Stack) -> None:
    value = "85.07.30-033.28"
    with psycopg.connect(owner_url(stack)) as connection:
        connection.execute("create temp table t (x text primary key)")
        connection.execute("insert into t values (%s)", [value])
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into t values (%s)", [value])

    log = DataDirectory(stack.endpoints().data_directory).logs / "postgres.log"
    text = log.read_text()
    assert "duplicate key" in text
    assert value not in text


def test_settings_of_another_process_find_the_running_servers(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "TEMPORAL_ADDRESS", "ESTAFETTE_ENV"):
        monkeypatch.delenv(name, raising=False)
    settings = Settings(data=stack.endpoints().data_directory)

    assert settings.temporal() == stack.endpoints().temporal_address
    assert one(settings.database(Role.ACTS), "select 1") == 1


def test_a_second_owner_is_refused_with_the_pid_of_the_first(stack: Stack) -> None:
    second = Stack(stack.endpoints().data_directory)

    with pytest.raises(Conflict, match=rf"\(pid {os.getpid()}\)"):
        second.start()

    assert read_endpoints(stack.endpoints().data_directory) == stack.endpoints()


def test_committed_work_outlives_a_killed_database(stack: Stack) -> None:
    url = owner_url(stack)
    do(url, "create table kept as select 42 as x")

    stack.kill("postgres")
    with pytest.raises(psycopg.OperationalError):
        one(url, "select 1")
    stack.restart("postgres")

    assert one(url, "select x from kept") == 42


def test_a_killed_temporal_comes_back_at_its_address_with_its_state(
    stack: Stack,
) -> None:
    address = stack.endpoints().temporal_address
    host, port = address.split(":")

    stack.kill("temporal")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port))).close()
    stack.restart("temporal")

    socket.create_connection((host, int(port))).close()
    state = DataDirectory(stack.endpoints().data_directory).temporal
    with sqlite3.connect(f"file:{state}?mode=ro", uri=True) as database:
        query = "select count(*) from namespaces where name = 'estafette'"
        assert database.execute(query).fetchone() == (1,)
    database.close()


def test_servers_that_die_by_themselves_come_back(stack: Stack) -> None:
    before = stack.pids()
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)

    while set(stack.pids().values()) & set(before.values()):
        time.sleep(0.05)
    for name in before:
        stack.restart(name)  # waits until it answers

    assert one(owner_url(stack), "select 1") == 1


def test_an_added_process_is_told_where_the_data_lie_and_stops_first(
    stack: Stack,
) -> None:
    data = stack.endpoints().data_directory
    code = (
        "import os, signal, sys, time, psycopg\n"
        "def end(*_):\n"
        "    psycopg.connect(os.environ['URL']).close()\n"
        "    print('database still there', flush=True); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "print('data', os.environ['ESTAFETTE_DATA'], flush=True); time.sleep(60)"
    )
    stack.add_process("worker", (sys.executable, "-c", code), {"URL": owner_url(stack)})
    log = data / "logs" / "worker.log"
    while "data" not in log.read_text():
        time.sleep(0.02)

    stack.stop()

    assert log.read_text().splitlines() == [f"data {data}", "database still there"]
    assert read_endpoints(data) is None
    stack.start()
