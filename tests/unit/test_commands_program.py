"""The program as a whole: fast to start, complete in its help, honest in production."""

import subprocess
import sys
from pathlib import Path

import pytest

import cli
from commands.terminal.lazy import Noun
from tests.running.terminal import ROOT, run_program

HEAVY = {"temporalio", "sqlalchemy", "cedarpy", "psycopg", "cryptography"}
LIGHT = (
    ["--help"],
    ["clock", "explain", "--pack", "be-119ter", "--clock", "inquiry", "--from",
     "2026-03-02", "--json"],
    ["pack", "list"],
)  # fmt: skip
ACTS = """
case open list story show people designate release exclude recuse readmit \
break-glass review conceal exists find search extend close
officer cover return covers
item add show list readers request-release grant deny recall correct recalls
handoff ask preview preview-answer inbox notices show receive designate accept \
answer refuse nothing confirm decline return complete recall
register query file
advice request complete admit reject deliver
hearing invite record
decision propose adopt notify withdraw gaps
appeal none record rule
session begin end
notice mail webhook ways stop sent again key
clock explain
pack list show check
policy check explain replay
ledger certificate certificates export keys publish twins verify witnesses
audit entry export finding honey person sample statutory subject-request trail twins \
unusual
coordination load
node create receipts request rotate
directory enter change leave list
demo up play advance reset
"""


@pytest.mark.parametrize("words", LIGHT, ids=" ".join)
def test_what_needs_no_server_imports_no_client_of_one(words: list[str]) -> None:
    script = (
        "import sys, cli\n"
        f"code = cli.run({words!r})\n"
        "loaded = sorted({name.partition('.')[0] for name in sys.modules})\n"
        "sys.stderr.write(' '.join(loaded))\n"
        "sys.exit(code)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT
    )

    assert done.returncode == 0, done.stderr
    assert "typer" in done.stderr.split()
    assert not HEAVY & set(done.stderr.split())


@pytest.mark.parametrize("line", ACTS.split("\n")[1:-1])
def test_each_noun_has_its_verbs(line: str) -> None:
    noun, *verbs = line.split()
    module, summary = cli.Nouns.nouns[noun]

    loaded = Noun(noun, module, summary).load()

    assert set(loaded.commands) == set(verbs)
    assert all(command.help for command in loaded.commands.values())


def test_no_noun_is_untold() -> None:
    assert {line.split()[0] for line in ACTS.split("\n")[1:-1]} == set(cli.Nouns.nouns)


def test_a_word_alone_shows_the_menu(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([]) == 0

    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["case", "list"], ["handoff", "inbox"]])
@pytest.mark.parametrize("how", ["option", "variable"])
def test_in_production_naming_an_officer_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    how: str,
) -> None:
    monkeypatch.setenv("ESTAFETTE_ENV", "production")
    if how == "variable":
        monkeypatch.setenv("ESTAFETTE_AS", "anderlecht/handler")
    else:
        words = [*words, "--as", "anderlecht/handler"]

    assert cli.run(words) == 4

    assert "this is production" in capsys.readouterr().err


def test_in_production_it_proves_nothing_when_everything_is_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name, value in {
        "ESTAFETTE_ENV": "production",
        "ESTAFETTE_DATA": str(tmp_path),
        "DATABASE_URL": "postgresql://db/estafette",
        "TEMPORAL_ADDRESS": "temporal:7233",
        "ESTAFETTE_TEMPORAL_NAMESPACE": "estafette",
        "ESTAFETTE_TASK_QUEUE": "estafette",
        "ESTAFETTE_ACTS_PASSWORD": "not used",
    }.items():
        monkeypatch.setenv(name, value)

    assert cli.run(["case", "list", "--as", "anderlecht/handler"]) == 4

    assert "this is production" in capsys.readouterr().err


def test_who_acts_must_be_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("ESTAFETTE_DATA", str(tmp_path))
    monkeypatch.delenv("ESTAFETTE_AS", raising=False)

    assert cli.run(["case", "list"]) == 4

    assert "ESTAFETTE_AS" in capsys.readouterr().err


def test_without_servers_the_way_to_start_them_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("ESTAFETTE_DATA", str(tmp_path))

    assert cli.run(["case", "list", "--as", "anderlecht/handler"]) == 10

    assert "estafette demo up" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["case", "list"], ["case", "close", "abcd",
                                   "--reasons", "x"]], ids=" ".join)  # fmt: skip
def test_without_a_database_nothing_is_changed_and_trying_again_is_advised(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: list[str],
) -> None:
    for name, value in {
        "ESTAFETTE_ENV": "test",
        "ESTAFETTE_DATA": str(tmp_path),
        "DATABASE_URL": "postgresql://127.0.0.1:1/estafette",
        "ESTAFETTE_ACTS_PASSWORD": "not used",
        "TEMPORAL_ADDRESS": "127.0.0.1:1",
    }.items():
        monkeypatch.setenv(name, value)

    assert cli.run([*words, "--as", "anderlecht/handler"]) == 7

    assert "nothing was changed; try again" in capsys.readouterr().err


def test_the_installed_program_ends_with_the_code_of_the_error(tmp_path: Path) -> None:
    environment = {"ESTAFETTE_DATA": str(tmp_path)}

    answer = run_program(["case", "show", "abcd", "--json"], environment)

    assert (answer.code, answer.error["error"]) == (4, "NotSignedIn")


def test_the_program_says_which_version_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["--version"]) == 0

    assert capsys.readouterr().out.startswith("estafette 0.")


def test_a_command_that_fails_makes_no_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ESTAFETTE_DATA", "relative")
    monkeypatch.delenv("DATABASE_URL", raising=False)

    assert cli.run(["case", "list", "--as", "anderlecht/handler"]) == 10

    assert not list(tmp_path.iterdir())
