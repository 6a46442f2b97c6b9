"""The command line as tests type it: in this process, or as the program itself."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest

import cli
from acts.desk import Desk
from serving.desk import Patient
from tests.running.world import PATIENCE, World

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """What a command wrote, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Return the one JSON document on standard output."""
        assert self.code == 0, self.err
        return orjson.loads(self.out)

    @property
    def error(self) -> Any:
        """Return the one JSON object on standard error; nothing else was written."""
        assert self.out == ""
        return orjson.loads(self.err)


class Terminal:
    """A terminal at which every officer of a world may sit down."""

    def __init__(
        self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]
    ) -> None:
        self._patch = patch
        self._capture = capture

    def enter(self, world: World) -> None:
        """Work in this world from now on; its rules are read once for all commands.

        Nothing is asserted about speed here either: commands wait as long as it takes.
        """
        self._patch.setenv("ESTAFETTE_ENV", "test")
        self._patch.setenv("ESTAFETTE_DATA", str(world.settings.data))
        patient = partial(Patient, patience=PATIENCE)
        self._patch.setattr("commands.terminal.seats.Patient", patient)
        self.use_rules_of(world.desk)

    def use_rules_of(self, desk: Desk) -> None:
        """Let commands find packs and policies that were loaded already."""
        self._patch.setattr("serving.desk.load_packs", lambda: desk.packs)
        self._patch.setattr("serving.desk.load_sharing", lambda _: desk.sharing)

    def run(self, *words: object) -> Answer:
        """Type a command."""
        self._capture.readouterr()
        code = cli.run([str(word) for word in words])
        written = self._capture.readouterr()
        return Answer(code, written.out, written.err)

    def ask(self, who: str, *words: object) -> Answer:
        """Type a command in an officer's name, for one JSON document."""
        return self.run(*words, "--as", who, "--json")

    def do(self, who: str, *words: object) -> Any:
        """Do the same and expect it to succeed; return the document."""
        return self.ask(who, *words).document


def run_program(
    words: list[str], environment: Mapping[str, str], *, stdin: str = ""
) -> Answer:
    """Run the installed program in a process of its own."""
    program = Path(sys.executable).with_name("estafette")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ESTAFETTE_")}
    done = subprocess.run(
        [str(program), *words],
        env=inherited | dict(environment),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    return Answer(done.returncode, done.stdout, done.stderr)
