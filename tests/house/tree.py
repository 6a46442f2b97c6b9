"""Our own files, found and parsed once, for the tests that judge them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = (
    *("models", "policies", "ledger", "vault", "storage", "workflows", "activities"),
    *("acts", "runtime", "commands", "serving", "web"),
)

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def kept() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True)
    names = sorted(set(done.stdout.split("\0")) - {""})
    return tuple(ROOT / name for name in names if (ROOT / name).is_file())


def name_of(file: Path) -> str:
    """The place of a file below the root."""
    return file.relative_to(ROOT).as_posix()


def ending(*suffixes: str) -> list[Path]:
    """The kept files with one of these suffixes."""
    return [file for file in kept() if file.suffix in suffixes]


@cache
def product() -> tuple[Path, ...]:
    """The Python files that are shipped."""
    parts = {*PRODUCT, "worker.py", "cli.py"}
    return tuple(f for f in ending(".py") if name_of(f).partition("/")[0] in parts)


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(file: Path) -> Iterator[Function]:
    """Every function and method of a file, nested ones too."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def public(file: Path) -> Iterator[Definition]:
    """Every public class, function and method of a file; nested ones are private."""
    waiting: list[ast.Module | ast.ClassDef] = [tree(file)]
    while waiting:
        for node in waiting.pop().body:
            if isinstance(node, Definition) and not node.name.startswith("_"):
                yield node
                if isinstance(node, ast.ClassDef):
                    waiting.append(node)


def imported(file: Path) -> set[str]:
    """Full names of what a file imports: `a.b`, and `a.b.c` for `from a.b import c`."""
    names: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def called(file: Path) -> set[str]:
    """Dotted names of what a file calls, as written: `datetime.now`, `print`."""
    calls = (node for node in ast.walk(tree(file)) if isinstance(node, ast.Call))
    return {ast.unparse(call.func) for call in calls}
