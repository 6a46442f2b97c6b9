"""What import-linter cannot say: the two modules at the root, and that it sees all."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Benchmarks stand outside: they start workers, as tests do, and nothing uses them.
PACKAGES = sorted(
    path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "bench"
)
FILES = [file for package in PACKAGES for file in sorted(package.rglob("*.py"))]
TOP = {"cli", "worker"}


def imported(file: Path) -> Iterator[str]:
    """Names of modules that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_every_package_is_under_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    names = {package.name for package in PACKAGES}

    assert set(settings["importlinter"]["root_packages"]) == names
    assert names <= set(settings["mypy"]["files"])


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_nothing_imports_the_top_line(package: Path) -> None:
    for file in package.rglob("*.py"):
        roots = {name.partition(".")[0] for name in imported(file)}
        assert not roots & TOP, file
        # What serves and what is typed sit at the same desk, which serving builds.
        used = {"commands": {"commands", "serving"}, "serving": {"serving"}}
        for top in {"commands", "serving"} - used.get(package.name, set()):
            assert top not in roots, file


def test_no_import_is_relative_so_that_moving_a_file_is_seen() -> None:
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text())):
            assert not (isinstance(node, ast.ImportFrom) and node.level), file


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_package_files_say_what_lives_there_and_no_more(package: Path) -> None:
    for file in package.rglob("__init__.py"):
        (only,) = ast.parse(file.read_text()).body
        assert isinstance(only, ast.Expr), file
