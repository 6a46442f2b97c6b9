"""Every error ends in one clear line, help, and the exit code of its class."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.errors import UndefinedTable

import cli
from commands.terminal.errors import EXIT_CODES, complain, exit_code, fault_of
from models import errors as e

CODES = {
    "InvalidInput": 2, "PackInvalid": 2, "NotFound": 3, "NotPermitted": 4,
    "NotSignedIn": 4, "NotProven": 4, "ServedElsewhere": 4, "OutsidePack": 4,
    "Conflict": 5,
    "TransitionNotAllowed": 5, "TooMany": 7,
    "PiecesMissing": 5, "ClockError": 6, "ClockEnded": 6, "ExtensionExhausted": 6,
    "Unavailable": 7, "DatabaseUnavailable": 7, "EngineUnavailable": 7,
    "IntegrityFailure": 8, "EntryAltered": 8, "VaultFailure": 9, "KeyUnknown": 9,
    "CiphertextInvalid": 9, "NotConfigured": 10,
}  # fmt: skip


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("ESTAFETTE_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fail(*_given: object) -> None:
        raise KeyError("Camille Exemple")

    monkeypatch.setattr("commands.clock.load_packs", fail)
    yield


def kinds(root: type[e.EstafetteError]) -> Iterator[type[e.EstafetteError]]:
    for kind in root.__subclasses__():
        if kind.__module__ == e.__name__:
            yield kind
            yield from kinds(kind)


@pytest.mark.parametrize("kind", [*kinds(e.EstafetteError)], ids=lambda k: k.__name__)
def test_each_class_of_error_has_the_exit_code_of_its_branch(
    kind: type[e.EstafetteError],
) -> None:
    assert exit_code(kind("wrong")) == CODES[kind.__name__]


def test_no_two_branches_share_an_exit_code() -> None:
    assert len(set(EXIT_CODES.values())) == len(EXIT_CODES)


def test_a_person_reads_one_line_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    error = e.OutsidePack("no such question", help="do this instead", article="L24 21")

    complain(fault_of(error), as_json=False)

    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.splitlines() == [
        "error: no such question",
        "  article: L24 21",
        "  help: do this instead",
    ]


def test_a_program_reads_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    error = e.PiecesMissing("2 pieces", help="add them", gaps=["advice", "hearing"])

    complain(fault_of(error), as_json=True)

    assert json.loads(capsys.readouterr().err) == {
        "error": "PiecesMissing",
        "message": "2 pieces",
        "help": "add them",
        "details": {"gaps": ["advice", "hearing"]},
    }


def test_an_error_cannot_play_with_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    complain(fault_of(e.NotFound("no `\x1b[2J`")), as_json=False)

    assert capsys.readouterr().err == "error: no `\\x1b[2J`\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nope"], "no such command 'nope'"),
        (["clock", "explain"], "missing option '--pack'"),
        (["clock", "explain", "--bad"], "no such option: --bad"),
        (["clock"], "missing command"),
        (["pack", "show", "be-119ter", "--part", "songs"], "'songs' is not one of"),
    ],
)
def test_a_mistyped_command_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    code = cli.run(words)

    first, help_line = capsys.readouterr().err.splitlines()
    assert code == 2
    assert first.startswith("error: ") and said in first
    assert help_line.startswith("  help: see `estafette")


def test_a_mistyped_command_is_an_object_for_a_program(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["clock", "explain", "--json"]) == 2

    assert json.loads(capsys.readouterr().err)["error"] == "UsageError"


@pytest.mark.usefixtures("broken")
def test_what_nobody_foresaw_is_one_line_and_a_log_without_anybodys_data(
    capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    words = ["clock", "explain", "--pack", "p", "--clock", "c", "--from", "2026-03-02"]

    code = cli.run(words)

    log = data / "logs" / "commands.log"
    written = capsys.readouterr()
    (entry,) = (json.loads(line) for line in log.read_text().splitlines())
    assert code == 70
    assert str(log) in written.err and "Traceback" not in written.err
    assert "Camille" not in written.err + log.read_text()
    assert entry["errors"] == ["builtins.KeyError"]
    assert any("commands/clock.py" in frame for frame in entry["frames"])
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_database_without_our_tables_is_told_with_the_way_out() -> None:
    missing = RuntimeError("statement")
    missing.__cause__ = UndefinedTable("relation does not exist")

    fault = fault_of(missing)

    assert (fault.code, fault.exit_code) == ("NotConfigured", 10)
    assert "never migrated" in fault.message
    assert "`python -m runtime.migrate`" in fault.help


def test_ctrl_c_is_no_failure_to_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("commands.pack.load_packs", interrupt)

    assert cli.run(["pack", "list"]) == 130
    assert "Traceback" not in capsys.readouterr().err
    assert not (data / "logs").exists()


BAD = os.fsdecode(b"a\xffb")


@pytest.mark.parametrize(
    "words",
    [
        ["case", "exists", BAD, "--as", "anderlecht/handler", "--json"],
        ["case", "list", "--as", BAD],
        ["item", "add", "aaaa", "--text", BAD, "--source", "src.3"],
        ["handoff", "ask", "aaaa", "--question", BAD],
        ["policy", "explain", "--item", "aaaa", "--who", BAD],
        [BAD],
    ],
)
def test_what_is_no_text_is_refused_once_for_all_commands(
    capsys: pytest.CaptureFixture[str], data: Path, words: list[str]
) -> None:
    assert cli.run(words) == 2

    written = capsys.readouterr()
    assert written.out == "" and "not text in UTF-8" in written.err
    assert not (data / "logs").exists()


def test_a_setting_that_is_no_text_is_refused_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ESTAFETTE_AS", BAD)

    assert cli.run(["case", "list", "--json"]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "InvalidInput"


@pytest.mark.parametrize(
    "words",
    [
        ["L" * 200_000],
        ["clock", "explain", "--pack", "p", "--clock", "c", "--from", "L" * 200_000],
        ["pack", "show", "L" * 200_000],
        ["policy", "explain", "--action", "L" * 200_000],
    ],
)
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_what_was_typed_is_not_repeated_without_end(
    capsys: pytest.CaptureFixture[str], words: list[str], more: list[str]
) -> None:
    assert cli.run([*words, *more]) in (2, 3)

    err = capsys.readouterr().err
    assert 0 < len(err) < 3000 and "LLL" in err and "…" in err
