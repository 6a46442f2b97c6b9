"""The deployment files agree with the code, and no secret is among them."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from runtime.roles import DATABASE, Role
from runtime.settings import _EXPLICIT, PREFIX, Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "estafette" in service["image"]]
ONCE = [name for name, service in SERVICES.items() if "restart" not in service]
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
ROLES = (DEPLOY / "database" / "10-roles.sh").read_text()


def known_variables() -> set[str]:
    names = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    names |= {"DATABASE_URL", "TEMPORAL_ADDRESS"}
    return names | {f"{name}_FILE" for name in names}


def test_there_is_something_to_check() -> None:
    assert set(OURS) == {"migrate", "worker"}


@pytest.mark.parametrize("name", OURS)
def test_each_variable_is_a_setting(name: str) -> None:
    assert SERVICES[name]["environment"].keys() <= known_variables()


@pytest.mark.parametrize("name", OURS)
def test_production_gets_everything_it_asks_for(name: str) -> None:
    given = SERVICES[name]["environment"]

    assert given["ESTAFETTE_ENV"] == "production"
    assert set(_EXPLICIT.values()) <= given.keys()


def test_the_image_is_production_unless_told_otherwise() -> None:
    set_by_image = dict(re.findall(r"\b(ESTAFETTE_\w+)=(\S+)", CONTAINERFILE))

    assert set_by_image["ESTAFETTE_ENV"] == "production"
    assert set_by_image.keys() <= known_variables()


def test_the_image_runs_without_rights_and_without_demo_servers() -> None:
    final = CONTAINERFILE.rpartition("\nFROM ")[2]

    assert re.search(r"^USER [1-9]\d+$", final, re.MULTILINE)
    assert "HEALTHCHECK" in final
    assert "production.txt" in CONTAINERFILE
    assert "run.txt" not in CONTAINERFILE
    for install in re.findall(r"pip install[^&]*", CONTAINERFILE):
        assert "--require-hashes" in install or "--no-index" in install


def test_the_image_starts_a_script_that_the_distribution_has() -> None:
    project = (DEPLOY.parent / "pyproject.toml").read_text()
    (program,) = re.findall(r'^CMD \["([\w-]+)"\]$', CONTAINERFILE, re.MULTILINE)

    assert f'\n{program} = "' in project


def test_the_directory_is_written_by_the_one_service_that_may() -> None:
    told = (DEPLOY / "README.md").read_text()
    services = re.findall(r"compose\.yaml run .*?(\w+) estafette directory", told)
    holders = {
        n for n, s in SERVICES.items() if "owner_password" in s.get("secrets", ())
    }

    assert {*services} == holders - {"database"} == {"migrate"}


@pytest.mark.parametrize("name", OURS)
def test_each_module_that_a_service_runs_exists(name: str) -> None:
    service = SERVICES[name]
    commands = [service.get("command", []), service["healthcheck"].get("test", [])]
    modules = [command[-1] for command in commands if "-m" in command]

    for module in modules:
        assert (DEPLOY.parent / f"{module.replace('.', '/')}.py").exists()


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - set(ONCE)))
def test_what_keeps_running_is_watched(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", list(SERVICES))
def test_what_is_waited_for_fits_what_it_does(name: str) -> None:
    for other, how in SERVICES[name].get("depends_on", {}).items():
        expected = (
            "service_completed_successfully" if other in ONCE else "service_healthy"
        )
        assert how["condition"] == expected


def test_servers_answer_where_ours_look_for_them() -> None:
    settings = SERVICES["worker"]["environment"]
    namespace = SERVICES["namespace"]["environment"]

    assert settings["DATABASE_URL"] == f"postgresql://database:5432/{DATABASE}"
    assert settings["TEMPORAL_ADDRESS"] == namespace["TEMPORAL_ADDRESS"]
    assert settings["TEMPORAL_ADDRESS"].partition(":")[0] in SERVICES
    assert settings["ESTAFETTE_TEMPORAL_NAMESPACE"] == namespace["NAMESPACE"]


def test_the_database_is_of_the_version_that_the_tests_run() -> None:
    from runtime.embedded.cluster import MAJOR

    assert SERVICES["database"]["image"].endswith(f"postgres:{MAJOR}")


def test_the_roles_are_those_of_the_code() -> None:
    (listed,) = re.findall(r"for role in (.*); do", ROLES)

    assert listed.split() == [role.value for role in Role]
    assert all(role.user in ROLES for role in Role)
    assert f"create database {DATABASE} owner {Role.OWNER.user}" in ROLES


def test_each_process_holds_the_secrets_it_needs_and_no_other() -> None:
    held = {
        name: {
            variable.removeprefix(PREFIX).removesuffix("_FILE").lower()
            for variable in SERVICES[name]["environment"]
            if variable.endswith("_FILE")
        }
        for name in OURS
    }

    assert held == {
        "migrate": {"owner_password"},
        "worker": {"record_password", "ledger_password", "payload_key", "ledger_key"},
    }
    for name in OURS:
        assert held[name] == set(SERVICES[name]["secrets"])


def test_each_secret_is_made_by_the_script_and_lies_in_the_ignored_folder() -> None:
    script = (DEPLOY / "make-secrets.sh").read_text()
    (made,) = re.findall(r"for name in (.*); do", script)
    secrets = COMPOSE["secrets"]

    keys = set(re.findall(r"^keep (\w+)", script, re.MULTILINE))
    assert secrets.keys() == {f"{name}_password" for name in made.split()} | keys
    for name, secret in secrets.items():
        assert secret == {"file": f"secrets/{name}"}
    assert "secrets/" in (DEPLOY / ".gitignore").read_text().splitlines()
    assert "deploy/secrets" in (DEPLOY.parent / ".dockerignore").read_text().split()


def test_no_password_is_written_down_anywhere() -> None:
    places = {"ESTAFETTE_MASTER_KEYS", "ESTAFETTE_MASTER_KEY_DIRECTORY"}
    for service in SERVICES.values():
        for variable, value in service.get("environment", {}).items():
            if variable not in places and re.search("PASS|PWD|SECRET|KEY", variable):
                assert str(value).startswith("/run/secrets/"), variable
    for file in DEPLOY.rglob("*"):
        if file.is_file() and "secrets" not in file.parts:
            assert not re.search(r"://[^/\s:]+:[^@/\s]+@", file.read_text()), file


def test_no_port_is_open_to_the_outside() -> None:
    assert not [name for name, service in SERVICES.items() if "ports" in service]
    assert all(network["internal"] for network in COMPOSE["networks"].values())
