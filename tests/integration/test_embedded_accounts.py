"""Embedded servers under other accounts: an ordinary one, and root's borrowed one."""

import os
import pwd
import shutil
import site
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.embedded import binaries
from runtime.embedded.lock import identify
from runtime.embedded.stack import Stack
from runtime.roles import Role
from tests.running.servers import ROOT, one, open_place

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root may change account"
)

ORDINARY = """
import os, sys
from pathlib import Path
import psycopg
from runtime.embedded.stack import Stack
from runtime.roles import Role
with Stack(Path(sys.argv[1]) / "data") as stack:
    with psycopg.connect(stack.endpoints().databases[Role.ACTS]) as connection:
        who, = connection.execute("select current_user").fetchone()
    owners = {os.stat(f"/proc/{pid}").st_uid for pid in stack.pids().values()}
    print(os.geteuid(), who, owners == {os.geteuid()})
"""


@pytest.fixture
def place() -> Iterator[Path]:
    with open_place() as made:
        yield made


def run_as_nobody(program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    packages = [str(ROOT), *site.getsitepackages()]
    return subprocess.run(
        [program, *arguments],
        user="nobody",
        group=pwd.getpwnam("nobody").pw_gid,
        extra_groups=[],
        env={"PYTHONPATH": ":".join(packages), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def interpreter_open_to_all() -> str:
    """Return a Python that nobody may run and that loads our dependencies."""
    for program in (sys.executable, "/usr/bin/python3"):
        try:
            tried = run_as_nobody(program, "-c", "import psycopg, runtime, structlog")
        except PermissionError:
            continue
        if tried.returncode == 0:
            return program
    pytest.skip("no interpreter with our dependencies is open to another account")


def test_an_ordinary_account_runs_everything_as_itself(place: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(place, nobody.pw_uid, nobody.pw_gid)

    done = run_as_nobody(interpreter_open_to_all(), "-c", ORDINARY, str(place))

    assert done.stderr == ""
    assert done.stdout.split() == [str(nobody.pw_uid), "estafette_acts", "True"]


def test_root_lends_the_database_an_account_without_groups_or_way_back(
    place: Path,
) -> None:
    with Stack(place) as stack:
        pids = stack.pids()
        status = Path(f"/proc/{pids['postgres']}/status").read_text()
        owner = (place / "postgres").stat().st_uid

    fields = dict(line.split(":", 1) for line in status.splitlines())
    assert set(fields["Uid"].split()) == {str(owner)} != {"0"}
    assert fields["Groups"].split() == []
    assert fields["CapEff"].strip(" \t0") == ""
    assert not identify(pids["postgres"]).alive


def test_programs_behind_a_closed_directory_are_copied_and_run(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An environment below root's home: its way stays closed."""
    package = binaries.packaged_postgres().parent.parent
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, tmp_path / folder.name, symlinks=True)
    tmp_path.chmod(0o700)
    hidden = tmp_path / package.name / "pginstall" / "bin"
    monkeypatch.setattr(binaries, "packaged_postgres", lambda: hidden)

    with Stack(place) as stack:
        assert one(stack.endpoints().databases[Role.OWNER], "select 1") == 1

    assert list(place.glob("postgresql-*/*/pginstall/bin/postgres"))
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(tmp_path / package.name)
