"""Leaving: the exit code and everything written arrive, whatever comes after."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("code", [0, 3])
def test_the_exit_code_is_the_one_given(code: int) -> None:
    assert run(f"from runtime.leave import leave; leave({code})").returncode == code


def test_what_was_written_is_not_lost() -> None:
    done = run(
        "import sys; from runtime.leave import leave;"
        "sys.stdout.write('out'); sys.stderr.write('err'); leave(0)"
    )

    assert (done.stdout, done.stderr) == ("out", "err")


def test_nothing_runs_at_interpreter_exit() -> None:
    """An exit handler stands for what aborts there in the Temporal client."""
    done = run(
        "import atexit, os; atexit.register(os.abort);"
        "from runtime.leave import leave; leave(0)"
    )

    assert done.returncode == 0


def test_a_console_that_is_gone_does_not_change_the_code() -> None:
    done = run(
        "import sys; from runtime.leave import leave; sys.stdout = None;leave(4)"
    )

    assert done.returncode == 4
