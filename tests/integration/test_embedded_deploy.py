"""The deployment's own scripts, run for real against a server without roles."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from runtime import keys
from runtime.embedded import postgres
from runtime.embedded.cluster import Cluster, prepare_cluster
from runtime.embedded.supervision import Service, Supervisor
from runtime.paths import DataDirectory
from runtime.roles import DATABASE, Role
from runtime.settings import Settings
from tests.running.servers import ROOT, open_place

DEPLOY = ROOT / "deploy"


@pytest.fixture
def bare() -> Iterator[Cluster]:
    """A server as a container image leaves it: a superuser and nothing else."""
    with open_place() as place:
        data = DataDirectory(place)
        cluster = prepare_cluster(data)
        supervisor = Supervisor(data.processes)
        command = postgres.postgres_command(cluster, place / "log", {"fsync": "off"})
        supervisor.start(Service(command, ready=lambda: postgres.answers(cluster)))
        yield cluster
        supervisor.stop()


def make_secrets(folder: Path) -> Path:
    script = folder / "make-secrets.sh"
    script.write_text((DEPLOY / "make-secrets.sh").read_text())
    keygen = f"{sys.executable} -m runtime.new_ledger_key"
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "KEYGEN": keygen}
    subprocess.run(["/bin/sh", str(script)], env=environment, check=True)
    return folder / "secrets"


def test_secrets_are_made_once_random_and_closed(tmp_path: Path) -> None:
    secrets = make_secrets(tmp_path)
    first = {file.name: file.read_text() for file in secrets.iterdir()}
    make_secrets(tmp_path)

    assert {file.name: file.read_text() for file in secrets.iterdir()} == first
    assert len(set(first.values())) == len(first) == 9
    assert all(len(value) >= 48 for value in first.values())
    assert secrets.stat().st_mode & 0o777 == 0o700


def test_the_made_keys_are_what_production_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = make_secrets(tmp_path)
    for name in ("payload_key", "ledger_key"):
        monkeypatch.setenv(f"ESTAFETTE_{name.upper()}_FILE", str(secrets / name))
    settings = Settings(env="production")

    assert len(keys.payload_key(settings)) == 32
    assert keys.ledger_signer(settings).verifier.vkey.startswith(keys.LEDGER_NAME)


@pytest.mark.parametrize("odd", ["", 'it\'s \\ a :"test" $HOME `id` ;--'])
def test_the_script_makes_the_roles_as_the_embedded_server_does(
    bare: Cluster, tmp_path: Path, odd: str
) -> None:
    secrets = make_secrets(tmp_path)
    if odd:
        (secrets / "acts_password").chmod(0o600)
        (secrets / "acts_password").write_text(odd + "\n")
    environment = {
        "PATH": f"{bare.programs}:{os.defpath}",
        "PGHOST": str(bare.socket_directory),
        "PGPASSWORD": bare.credentials.superuser,
        "SECRETS": str(secrets),
    }

    subprocess.run([DEPLOY / "database" / "10-roles.sh"], env=environment, check=True)

    for role in Role:
        with psycopg.connect(
            host=str(bare.socket_directory),
            dbname=DATABASE,
            user=role.user,
            password=(secrets / f"{role.value}_password").read_text().strip(),
        ) as connection:
            query = (
                "select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls,"
                " pg_get_userbyid(datdba), datlocprovider::text || datlocale,"
                " datacl::text ~ '[{,]='"  # an entry without a name: everybody
                " from pg_roles, pg_database where rolname = %s and datname = %s"
            )
            found = connection.execute(query, [role.user, DATABASE]).fetchone()
        assert found == (False, Role.OWNER.user, "bC.UTF-8", False)
