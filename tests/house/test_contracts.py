"""Who imports whom: the contracts, and the two modules that no contract covers."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.house.tree import ROOT, ending, imported, name_of

TOO_LONG = 80
# What each may know of ours; everything else is reached through these.
ALLOWED = {
    "worker.py": {"models", "runtime", "structlog"},
    "cli.py": {"commands", "runtime", "typer"},
}


def test_every_contract_is_kept() -> None:
    program = Path(sysconfig.get_path("scripts")) / "lint-imports"
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


@pytest.mark.parametrize("name", ALLOWED)
def test_the_top_modules_are_wiring_and_short(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()

    assert len(lines) < TOO_LONG


@pytest.mark.parametrize("name", ALLOWED)
def test_the_top_modules_import_what_they_wire_and_no_more(name: str) -> None:
    roots = {each.partition(".")[0] for each in imported(ROOT / name)}
    outside = roots - set(sys.stdlib_module_names)

    assert outside <= ALLOWED[name]


def test_only_tests_and_benchmarks_import_the_top_modules() -> None:
    importers = {
        name_of(file)
        for file in ending(".py")
        if {each.partition(".")[0] for each in imported(file)} & {"worker", "cli"}
    }

    assert not [n for n in importers if not n.startswith(("tests/", "bench/"))]


def test_nothing_that_is_shipped_imports_tests_or_benchmarks() -> None:
    importers = {
        name_of(file)
        for file in ending(".py")
        if {each.partition(".")[0] for each in imported(file)} & {"tests", "bench"}
    }

    assert not [n for n in importers if not n.startswith(("tests/", "bench/"))]
